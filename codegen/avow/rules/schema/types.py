"""What is wrong with a single type."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "NOT_A_SCHEMA",
        "error",
        "type",
        purpose="A value stands where a schema has to be, and can be none.",
        why="""
            A schema is the name of a type, an object with `type`, or an array of schemas (a union). A
            number, `null` without quotes, or an object without `type` describes no data, so there is
            nothing to generate. Mostly one level of nesting was left out: the attributes of a type stand
            where the type belongs.
        """,
        fix='Write the name of a type in quotes, or an object that has `type`. The null type is `"null"`.',
        example="""
            Before
            {"name": "note", "type": [null, "string"]}

            After
            {"name": "note", "type": ["null", "string"]}
        """,
    ),
    row(
        "UNKNOWN_TYPE",
        "error",
        "type",
        purpose="A name is neither one of Avro's types nor defined anywhere in the tree.",
        why="""
            Without its definition the bytes of a type cannot be told from those that follow. The usual
            causes are a misspelling, a type of another language (`str`, `integer`, `datetime`), and a name
            without its namespace: a bare name is looked up in the namespace of the type around it, and
            nowhere else.
        """,
        fix="""
            Take the name that the message suggests; write the full name of a type in another namespace; or
            add the file that defines it.
        """,
        example="""
            Before
            {"name": "address", "type": "Adress"}
            {"name": "age", "type": "integer"}

            After
            {"name": "address", "type": "insurance.shared.Address"}
            {"name": "age", "type": "int"}
        """,
    ),
    row(
        "NO_DEFINITION",
        "error",
        "type",
        purpose="A file defines no named type.",
        why="""
            Contracts and classes are made from named types: records, enums and fixed. A file with a bare
            primitive, or with an array or a map of something defined elsewhere, has no name that a service
            could use or another schema refer to, so it would have no effect at all and still look as if it
            had.
        """,
        fix="Wrap it in a record with one field, or remove the file.",
        example="""
            Before
            {"type": "array", "items": "string"}

            After
            {"type": "record", "name": "Tags", "fields": [
              {"name": "values", "type": {"type": "array", "items": "string"}}
            ]}
        """,
    ),
    row(
        "MISSING_ATTRIBUTE",
        "error",
        "type",
        purpose="A type lacks an attribute that Avro demands.",
        why="""
            A record without `fields`, a fixed without `size` or an enum without `symbols` says too little
            to read or write a single byte. Libraries differ in when they notice: some refuse the schema,
            others fail with an obscure error at the first message.
        """,
        fix="""
            Add the attribute: `name` and `fields` for a record, `name` and `symbols` for an enum, `name`
            and `size` for a fixed, `items` for an array, `values` for a map, `name` and `type` for a field.
            A record without content has `"fields": []`.
        """,
        example="""
            Before
            {"type": "fixed", "name": "Checksum"}

            After
            {"type": "fixed", "name": "Checksum", "size": 16}
        """,
    ),
    row(
        "BAD_ATTRIBUTE",
        "error",
        "type",
        purpose="An attribute has a value of the wrong kind.",
        why="""
            Avro fixes what each attribute holds: `fields` and `symbols` are arrays, `size` is a whole
            number, `doc` is a string, `order` is one of three words. Lenient parsers turn a wrong one into
            something, such as the string `"16"` into no size, or a string of symbols into one symbol a
            letter; others refuse the schema.
        """,
        fix="Give the attribute the kind of value that the message names.",
        example="""
            Before
            {"type": "enum", "name": "Channel", "symbols": "EMAIL POST"}

            After
            {"type": "enum", "name": "Channel", "symbols": ["EMAIL", "POST"]}
        """,
    ),
    row(
        "BAD_DEFAULT",
        "error",
        "type",
        purpose="A default is no value of the type that it is for.",
        why="""
            A default is not used when a message is written but when an old one is read that lacks the
            field. A wrong one therefore lies hidden until the first old message arrives, which fails or
            puts a value of a wrong type into a service. The string `"null"` for null and `""` for a number
            are the common ones.
        """,
        fix="""
            Write the default as JSON of the field's type: `null` without quotes, numbers without quotes,
            bytes and fixed as a string with one character (U+0000 to U+00FF) a byte, a record as an object
            with a value for every field that has no default of its own. The default of an enum is one of
            its symbols.
        """,
        example="""
            Before
            {"name": "note", "type": ["null", "string"], "default": "null"}

            After
            {"name": "note", "type": ["null", "string"], "default": null}
        """,
    ),
    row(
        "BAD_UNION",
        "error",
        "type",
        purpose="A union has two branches that cannot be told apart, or a union as a branch.",
        why="""
            A value does not say which branch it takes; the writer picks it by type. With two arrays, two
            strings or the same record twice there is no right choice, so libraries choose differently and a
            reader that resolves by branch gets the other one. A logical type does not make a branch
            different: a date is an int.
        """,
        fix="""
            Flatten a nested union into the outer one, merge equal branches, or wrap one of them in a record
            with a name of its own.
        """,
        example="""
            Before
            {"name": "contact", "type": ["null", "string", ["string", "insurance.shared.Address"]]}

            After
            {"name": "contact", "type": ["null", "string", "insurance.shared.Address"]}
        """,
    ),
    row(
        "BAD_SYMBOL",
        "error",
        "type",
        purpose="A symbol of an enum is not a name.",
        why="""
            A symbol begins with a letter or an underscore and goes on with letters, digits and underscores.
            Code is generated from it in several languages, so libraries refuse `in-progress` or `2FA`, and
            those that do not produce classes that nobody else's schema agrees with.
        """,
        fix="""
            Respell it as a name, such as `IN_PROGRESS`. What people should see belongs in the service that
            shows it.
        """,
        example="""
            Before
            {"type": "enum", "name": "Status", "symbols": ["open", "in-progress"]}

            After
            {"type": "enum", "name": "Status", "symbols": ["OPEN", "IN_PROGRESS"]}
        """,
    ),
    row(
        "DUPLICATE_SYMBOL",
        "error",
        "type",
        purpose="An enum lists one symbol twice.",
        why="""
            An enum travels as the position of its symbol. With one symbol at two positions two different
            messages mean the same, and a decoded value encodes to other bytes than it came from. Avro's
            specification forbids it, and strict libraries refuse the schema.
        """,
        fix="""
            Remove the second one. Symbols are resolved by name, so the positions of those behind it may
            change.
        """,
        example="""
            Before
            {"type": "enum", "name": "Channel", "symbols": ["EMAIL", "POST", "EMAIL"]}

            After
            {"type": "enum", "name": "Channel", "symbols": ["EMAIL", "POST"]}
        """,
    ),
    row(
        "DUPLICATE_FIELD",
        "error",
        "type",
        purpose="A record has two fields of one name.",
        why="""
            Fields are resolved by name, and a class has room for one attribute of each. Where a library
            accepts the schema, both are on the wire and one of the two values is lost in reading, without
            an error.
        """,
        fix="Remove or rename one of the two.",
        example="""
            Before
            {"type": "record", "name": "Person", "fields": [
              {"name": "name", "type": "string"},
              {"name": "name", "type": "string"}
            ]}

            After
            {"type": "record", "name": "Person", "fields": [
              {"name": "first_name", "type": "string"},
              {"name": "last_name", "type": "string"}
            ]}
        """,
    ),
    row(
        "BAD_CONTRACT",
        "error",
        "type",
        purpose="The metadata of a contract or of a field does not follow its JSON Schema.",
        why="""
            Channels, partitions, compatibility levels and owners are read from `contract`, and who may see
            a field from `sensitive`. A misspelt attribute would be passed over silently, so that a contract
            runs with the default instead of what its author meant.
        """,
        fix="""
            Take the value that the message asks for. `kind` is required, all else is optional; editors that
            know the JSON Schema complete it.
        """,
        example="""
            Before
            {"kind": "Event", "chanel": "customers.address-changed"}

            After
            {"kind": "event", "channel": "customers.address-changed"}
        """,
    ),
)
