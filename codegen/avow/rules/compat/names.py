"""A reader does not know what was written by its name."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "NAME_CHANGED",
        "error",
        "compatibility",
        purpose="A record, enum or fixed has another name, and the reader's has the old one not as an alias.",
        why="""
            Named types are matched by name, and a reader refuses one that it does not know, however alike the two
            are. An alias says that it is the same type; but only a reader looks at aliases, and only at its own. So
            a new version with an alias reads the old one, and readers of the old version do not read the new one.
        """,
        fix="""
            Add the old full name to the `aliases` of the new one. Where older readers have to go on, keep the name.
        """,
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- changed
            {"type": "record", "name": "customers.AddressChanged", "fields": [
              {"name": "street", "type": "string"}
            ]}

            After
            {"type": "record", "name": "customers.AddressChanged", "aliases": ["Moved"], "fields": [
              {"name": "street", "type": "string"}
            ]}
        """,
    ),
    row(
        "ALIAS_AMBIGUOUS",
        "error",
        "compatibility",
        purpose="Two fields or two types of the reader claim one of the writer.",
        why="""
            Of two fields one would get the value and the other the default, and libraries differ in which. Of two
            types one would be read as the other. What is read then depends on who reads.
        """,
        fix="Let each alias name one field or type only, and none that is still in use.",
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string", "default": ""},
              {"name": "road", "type": "string", "default": "", "aliases": ["street"]}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "road", "type": "string", "default": "", "aliases": ["street"]}
            ]}
        """,
    ),
    row(
        "ALIAS_CROSSED",
        "error",
        "compatibility",
        purpose="A field of the reader has an alias that the writer writes too, beside the field of that name itself.",
        why="""
            Libraries that rename the writer's fields by aliases first fill the field from the one, those that look
            for the name first from the other. Both are in use, and neither says anything: a value ends up in the
            wrong field.
        """,
        fix="Remove the alias: it is for a field that no longer exists under its old name.",
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"},
              {"name": "line", "type": "string"}
            ]}
            -- changed
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string", "aliases": ["line"]}
            ]}

            After
            {"type": "record", "name": "customers.Moved", "fields": [
              {"name": "street", "type": "string"}
            ]}
        """,
    ),
    row(
        "NAMESPACE_CHANGED",
        "warning",
        "compatibility",
        purpose="A type moved to another namespace, and the reader's has the old full name not as an alias.",
        why="""
            By the specification the short names have to match, and fastavro and avow read it. Avro for Java compares
            full names in unions, and other libraries everywhere, so it works for some readers only.
        """,
        fix="Add the old full name to the `aliases` of the type.",
        example="""
            Before
            -- released
            {"type": "record", "name": "customers.Address", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- changed
            {"type": "record", "name": "shared.Address", "fields": [
              {"name": "street", "type": "string"}
            ]}

            After
            {"type": "record", "name": "shared.Address", "aliases": ["customers.Address"], "fields": [
              {"name": "street", "type": "string"}
            ]}
        """,
    ),
)
