"""What is wrong with a file before anything in it is a schema."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "UNREADABLE_FILE",
        "error",
        "file",
        purpose="The file cannot be read as UTF-8 text.",
        why="""
            Avro schemas are JSON, and JSON is UTF-8. A file in another encoding may look right in the
            editor that wrote it and arrives at the next reader with other letters in its docs and defaults,
            or not at all. The same goes for a file that this user may not read, for what is no regular
            file, and for one so large that it cannot be a schema: what was not read could not be checked,
            so avow does not pass over it.
        """,
        fix="""
            Save the file as UTF-8, give read permission, or move what is no schema out of the folder of
            schemas.
        """,
    ),
    row(
        "MALFORMED_JSON",
        "error",
        "file",
        purpose="The file is not valid JSON.",
        why="""
            Parsers that forgive a comment or a trailing comma do not agree on which. A schema that one
            service's library loads and another's refuses holds up the second service at its start, on the
            day it is deployed. NaN and infinities count as malformed too: JSON has no way to write them.
        """,
        fix="""
            Write plain JSON: double quotes, a comma between items and none after the last, no comments.
            What a comment would say belongs in `doc`, where readers of the generated classes see it.
        """,
        example="""
            Before
            {
              // sent when a customer moves
              "type": "record",
              "name": "AddressChanged",
              "fields": [],
            }

            After
            {
              "type": "record",
              "name": "AddressChanged",
              "doc": "Sent when a customer moves.",
              "fields": []
            }
        """,
    ),
    row(
        "DUPLICATE_KEY",
        "error",
        "file",
        purpose="An object has the same key twice.",
        why="""
            JSON leaves open which of the two counts. Most libraries silently take the last, some the first,
            some refuse. With `type` or `default` written twice, a writer and a reader can take different
            schemas from one file, and every message between them is then misread.
        """,
        fix="Remove one of the two. It is often left over from a merge, so look at both before you choose.",
        example="""
            Before
            {"name": "limit", "type": "int", "default": 0, "type": "long"}

            After
            {"name": "limit", "type": "long", "default": 0}
        """,
    ),
    row(
        "TOO_DEEP",
        "error",
        "file",
        purpose="Types are nested in one another beyond the limit.",
        why="""
            Avro libraries walk a schema by recursion, so there is a depth at which each of them crashes,
            and for most that takes the process with it. The limit lies far above what people write and
            below what common libraries survive, so that a schema is refused here and not in a running
            service.
        """,
        fix="""
            Let records refer to others by their ids instead of holding them. Types that are written in one another
            are easier to read on their own, but nested by name they count as well.
        """,
    ),
)
