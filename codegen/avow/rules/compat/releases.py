"""What is wrong with a history, whatever two of its schemas are to each other."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "FIELD_REMOVED",
        "error",
        "release",
        purpose="A field is gone, whatever Avro has to say about that.",
        why="""
            Where the field has a default, Avro calls the change compatible: a reader that still has the field is given
            the default for ever, as if each customer had moved for no reason. Nothing fails, so nobody notices. And
            code that uses the field is broken as soon as it is built with the new classes. It is an error where a
            service is known to use the field, and a warning where one may, or where values go out of sight in which it
            is. That there is no known use is said as that, for it is no proof.
        """,
        fix="""
            Bring the field back and mark it as deprecated until nobody uses it. Or, in one change, take it out of the
            services that use it, and see that these are deployed first.
        """,
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"},
              {"name": "reason", "type": "string", "default": ""}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"},
              {"name": "reason", "type": "string", "default": "", "deprecated": {"since": "2026-11-01"}}
            ]}
        """,
    ),
    row(
        "CONTRACT_REMOVED",
        "error",
        "release",
        purpose="A contract is gone, and versions of it are still live.",
        why="""
            Messages of it are on the wire, in a store or expected by a reader. Without the contract there is no
            class that they could be read as, and nobody answers for them any more.
        """,
        fix="""
            Bring it back, or see that nothing of it is left and retire its versions: `avow retire NAME`. If it was
            renamed, put the old full name into the `aliases` of the new one: it goes on with its history.
        """,
    ),
    row(
        "LEVEL_LOWERED",
        "warning",
        "release",
        purpose="A contract promises less compatibility than a version of it that is live.",
        why="""
            Who reads and stores its messages relies on the level it was released with. A change that the new level
            lets through may be one that they were promised would never come; with both in one commit nothing else
            would say so.
        """,
        fix="""
            Raise the level again, or make sure that nobody relies on what is no longer promised. With `severity` in
            `[tool.avow.check]` it can be made an error.
        """,
    ),
    row(
        "FINGERPRINT_TAKEN",
        "error",
        "release",
        purpose="A version would have the fingerprint of a live one and mean something else.",
        why="""
            A single-object message says by a fingerprint which schema wrote it, and that fingerprint leaves out
            logical types. When milliseconds turn into microseconds, the two versions cannot be told apart: half of
            the messages would be read wrongly, and nothing could say which. The same goes for a new era whose shape
            is that of an old one.
        """,
        fix="Rename the fields whose logical type changed: names are part of the fingerprint.",
    ),
    row(
        "UNRELEASED_CHANGE",
        "error",
        "release",
        purpose="A contract differs from its latest released version.",
        why="""
            What is deployed from here writes messages of a version that is frozen nowhere: other checkouts do not
            know its fingerprint, and no later change is held against it. Found by `avow release --check`, which
            belongs on the branch that is deployed.
        """,
        fix="Run `avow release` and commit what it writes.",
    ),
    row(
        "RELEASE_TAMPERED",
        "error",
        "release",
        purpose="A frozen version is not what was released.",
        why="""
            What is on the wire cannot be changed by editing a file. A frozen version that says something else than
            the messages it stands for makes every verdict about them wrong, and decoders that are generated from it
            read them wrongly.
        """,
        fix="Restore the file from git. To change a contract, edit its schema and run `avow release`.",
    ),
    row(
        "RELEASE_MISSING",
        "error",
        "release",
        purpose="A frozen version, or the list of the versions of a contract, is missing.",
        why="""
            Messages of that version may be on the wire or in a store. Without its schema nobody can read them, and
            no change can be held against them, so it would pass whatever it breaks.
        """,
        fix="Restore the file from git. A version whose time is over is retired, and keeps its file.",
    ),
)
