"""What is right today and stands in the way of the next version."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "ENUM_WITHOUT_DEFAULT",
        "warning",
        "evolution",
        purpose="An enum has no `default` of its own.",
        why="""
            Enums grow. A reader that was built before a symbol was added has nothing to read it as, so the
            whole message fails for it, and all that follow in its partition wait. With a default the enum
            reads what it does not know as that symbol. The default of a field does not help: it is for a
            field that is missing.
        """,
        fix="""
            Add a symbol such as UNKNOWN and name it as the `default` of the enum. For an enum that really
            never grows, write an exception that says why.
        """,
        example="""
            Before
            {"type": "enum", "name": "Channel", "symbols": ["EMAIL", "POST"]}

            After
            {"type": "enum", "name": "Channel", "symbols": ["UNKNOWN", "EMAIL", "POST"], "default": "UNKNOWN"}
        """,
    ),
    row(
        "OPTIONAL_WITHOUT_DEFAULT",
        "warning",
        "evolution",
        purpose="A field may be null and has no default.",
        why="""
            `["null", "string"]` says that the value may be missing, and without a default the field may
            not. A reader that expects it cannot read a message from before it was added, a later version
            cannot drop it, and whoever builds the class has to pass None by hand.
        """,
        fix='Add `"default": null`, with null as the first branch.',
        example="""
            Before
            {"name": "note", "type": ["null", "string"]}

            After
            {"name": "note", "type": ["null", "string"], "default": null}
        """,
    ),
    row(
        "UNION_DEFAULT_NOT_FIRST",
        "warning",
        "evolution",
        purpose="The default of a union is no value of its first branch.",
        why="""
            Up to Avro 1.11 a default had to be one of the first branch; since 1.12 any branch will do.
            Libraries that follow the older text, among them many in production, refuse the schema or use
            the default as if it were of the first branch.
        """,
        fix="""
            Put the branch of the default first. The order of branches is free: readers resolve them by
            type.
        """,
        example="""
            Before
            {"name": "note", "type": ["string", "null"], "default": null}

            After
            {"name": "note", "type": ["null", "string"], "default": null}
        """,
    ),
    row(
        "DEPRECATED_WITHOUT_REPLACEMENT",
        "warning",
        "evolution",
        purpose="Something is deprecated and does not say what to use instead.",
        why="""
            Those who use it learn that they have to leave and not where to go, so they stay. What stays in
            use cannot be removed, and the deprecation becomes a permanent warning that everybody has
            learned to ignore.
        """,
        fix="""
            Name the contract or the field in `use`. If nothing takes its place, give a `reason` that says
            what users should do.
        """,
        example="""
            Before
            {"name": "phone", "type": "string", "deprecated": {"since": "2025-03-01"}}

            After
            {"name": "phone", "type": "string", "deprecated": {"since": "2025-03-01", "use": "phone_numbers"}}
        """,
    ),
)
