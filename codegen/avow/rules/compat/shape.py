"""A reader cannot read what was written, because the shape of it is another."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "FIELD_MISSING",
        "error",
        "compatibility",
        purpose="The reader has a field without default that the writer does not write.",
        why="""
            A reader fills what was not written from the default of the field. Without one it has nothing to put
            there, so it refuses the whole message: every message of the other version, from the first on, not only
            some of them.
        """,
        fix="""
            Where the field is new, give it a default. Where it was removed, bring it back, and remove it only when
            every version that is still read by has a default for it.
        """,
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"},
              {"name": "postcode", "type": "string"}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"},
              {"name": "postcode", "type": ["null", "string"], "default": null}
            ]}
        """,
    ),
    row(
        "TYPE_CHANGED",
        "error",
        "compatibility",
        purpose="The reader expects another type than the writer wrote.",
        why="""
            Avro writes values without marks, so a reader takes the bytes for what its schema says. Only a few
            changes have a rule by which they are read (int as long, float or double, long as float or double, float
            as double, string and bytes as each other, a type as a union that has it); for all others there is none.
            A decimal or a UUID that changes between its spellings, bytes or string and fixed, counts as well.
        """,
        fix="Go back to the old type, or add a new field beside the old one and deprecate that.",
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "number", "type": "int"}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "number", "type": "string"}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "number", "type": "int", "doc": "Deprecated: see number_text."},
              {"name": "number_text", "type": "string", "default": ""}
            ]}
        """,
    ),
    row(
        "FIXED_SIZE_CHANGED",
        "error",
        "compatibility",
        purpose="A fixed has another number of bytes.",
        why="""
            The size of a fixed is nowhere in the message. A reader with another size would take bytes of the next
            value for its own, so no library reads one as the other.
        """,
        fix="Go back to the old size, or add a new field with a type of another name.",
        example="""
            Before
            -- released
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 16}}
            ]}
            -- changed
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 32}}
            ]}

            After
            {"type": "record", "name": "documents.Stored", "fields": [
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 16}},
              {"name": "sha256", "type": ["null", "bytes"], "default": null}
            ]}
        """,
    ),
    row(
        "ENUM_SYMBOL_REMOVED",
        "error",
        "compatibility",
        purpose="The writer may write a symbol that the reader's enum does not have, and that enum has no default.",
        why="""
            The first message with that symbol cannot be read. It may come weeks after the change, since most
            messages carry other symbols and everything seems fine until then. The default of a field does not help:
            it is for a field that was not written. The enum itself needs one.
        """,
        fix="""
            Keep the symbol. Where readers are to survive new ones, give the enum a default first, release it, and
            add symbols once every reader has that version.
        """,
        example="""
            Before
            -- released
            {"type": "enum", "name": "shared.Channel", "symbols": ["EMAIL", "POST", "FAX"]}
            -- changed
            {"type": "enum", "name": "shared.Channel", "symbols": ["EMAIL", "POST"]}

            After
            {"type": "enum", "name": "shared.Channel", "symbols": ["EMAIL", "POST"], "default": "POST"}
        """,
    ),
    row(
        "UNION_BRANCH_MISSING",
        "error",
        "compatibility",
        purpose="The writer may write a branch of a union that the reader has no place for.",
        why="""
            Messages with the other branches are read, so this too breaks late: with the first null, the first card
            among bank transfers. A field that stops being optional is the most common case.
        """,
        fix="""
            Keep the branch. A new kind of thing is added without risk as a new field with a default, or as a branch
            only when every reader has it.
        """,
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "reason", "type": ["null", "string"], "default": null}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "reason", "type": "string", "default": ""}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "reason", "type": ["null", "string"], "default": null},
              {"name": "cause", "type": "string", "default": ""}
            ]}
        """,
    ),
    row(
        "UNION_FIRST_MATCH",
        "error",
        "compatibility",
        purpose="Of a reader's union the first branch that matches cannot read what was written; another could.",
        why="""
            A reader looks for the branch with the writer's full name, and then takes the first that matches from
            outside. fastavro and the specification stop there, and reading fails inside; Avro for Java goes on to the
            next branch. So the change works for some services and breaks others. With `java_unions = true` in
            `[tool.avow.check]` it is judged as Java reads it.
        """,
        fix="""
            Give the first branch what it lacks, put the other before it, or give the type the full name of the
            branch that can read it.
        """,
        example="""
            Before
            -- released
            {"type": "record", "name": "old.Address", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- changed
            [
              {"type": "record", "name": "abroad.Address", "fields": [
                {"name": "street", "type": "string"}, {"name": "country", "type": "string"}
              ]},
              {"type": "record", "name": "home.Address", "fields": [
                {"name": "street", "type": "string"}
              ]}
            ]

            After
            [
              {"type": "record", "name": "home.Address", "fields": [
                {"name": "street", "type": "string"}
              ]},
              {"type": "record", "name": "abroad.Address", "fields": [
                {"name": "street", "type": "string"}, {"name": "country", "type": "string"}
              ]}
            ]
        """,
    ),
)
