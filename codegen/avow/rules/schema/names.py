"""What is wrong with names: single ones, and those of a tree taken together."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "BAD_NAME",
        "error",
        "name",
        purpose="A name of a type or of a field is not one that Avro allows.",
        why="""
            A name begins with a letter (A-Z, a-z) or an underscore and goes on with letters, digits and
            underscores. The names of the primitive types are taken. Some libraries let a hyphen or a space
            pass, so such a schema works until the first service in another language loads it.
        """,
        fix="""
            Respell it with letters, digits and underscores. The old name can stay as an alias only if it is
            valid.
        """,
        example="""
            Before
            {"name": "postal code", "type": "string"}

            After
            {"name": "postal_code", "type": "string"}
        """,
    ),
    row(
        "BAD_NAMESPACE",
        "error",
        "name",
        purpose="A namespace is not a sequence of names joined by dots.",
        why="""
            Each segment of a namespace has to be a name: an empty one (`a..b`, `a.`) or one with a hyphen
            cannot be part of a full name, and references to the type cannot be written. A namespace becomes
            a package in most languages, so it has to fit there as well.
        """,
        fix="Write names joined by single dots, such as `insurance.customers`.",
        example="""
            Before
            {"type": "record", "name": "Policy", "namespace": "insurance.car-policies.", "fields": []}

            After
            {"type": "record", "name": "Policy", "namespace": "insurance.car_policies", "fields": []}
        """,
    ),
    row(
        "BAD_ALIAS",
        "error",
        "name",
        purpose="An alias is no valid name, or it could mean two things.",
        why="""
            An alias says under which name older data knew a type or a field. If two fields of a record
            claim one alias, a reader cannot know where the old value belongs: libraries pick one of them,
            not all the same, and values end up in the wrong field.
        """,
        fix="""
            Keep each alias on one field or type only. An alias of a field is a bare name; one of a type may
            be a full name, and without dots it belongs to the namespace of the type that carries it.
        """,
        example="""
            Before
            {"type": "record", "name": "Person", "fields": [
              {"name": "first_name", "type": "string", "aliases": ["name"]},
              {"name": "last_name", "type": "string", "aliases": ["name"]}
            ]}

            After
            {"type": "record", "name": "Person", "fields": [
              {"name": "first_name", "type": "string"},
              {"name": "last_name", "type": "string", "aliases": ["name"]}
            ]}
        """,
    ),
    row(
        "CONFLICTING_DEFINITION",
        "error",
        "name",
        purpose="One full name is defined in two different ways.",
        why="""
            A full name means one type throughout a tree. With two definitions it depends on the order of
            loading which one a reference gets, so two services can build on the same files and still write
            different bytes under one name. Copies of a shared type that were then edited apart are the
            usual cause.
        """,
        fix="""
            Make the definitions equal, or give one of them another name. Better still, keep one and refer
            to it by name wherever it is used.
        """,
        example="""
            Before
            -- schemas/customers/Address.avsc
            {"type": "record", "name": "shared.Address", "fields": [
              {"name": "street", "type": "string"}
            ]}
            -- schemas/policies/Address.avsc
            {"type": "record", "name": "shared.Address", "fields": [
              {"name": "street", "type": ["null", "string"]}
            ]}

            After
            -- schemas/shared/Address.avsc
            {"type": "record", "name": "shared.Address", "fields": [
              {"name": "street", "type": "string"}
            ]}
        """,
    ),
    row(
        "NAME_CASE",
        "error",
        "name",
        purpose="Two names differ only in upper and lower case.",
        why="""
            Files and modules are made from names. On file systems that ignore case (macOS, Windows) the
            second one overwrites the first, so the generated code works on one machine and lacks a class on
            another. People mix the two up just as easily.
        """,
        fix="Rename one of the two, or merge them if they mean the same.",
        example="""
            Before
            {"type": "record", "name": "shared.PostCode", "fields": []}
            {"type": "record", "name": "shared.Postcode", "fields": []}

            After
            {"type": "record", "name": "shared.Postcode", "fields": []}
        """,
    ),
    row(
        "NAME_IS_NAMESPACE",
        "error",
        "name",
        purpose="A type has a full name that is also a namespace of other types.",
        why="""
            A namespace becomes a package and a type becomes a class. `insurance.Policy` cannot be both: one
            of them would hide the other on import, in Python as in Java.
        """,
        fix="""
            Rename the type, or move the other types to another namespace; lower-case namespaces avoid this.
        """,
        example="""
            Before
            {"type": "record", "name": "insurance.Policy", "fields": []}
            {"type": "enum", "name": "insurance.Policy.Status", "symbols": ["OPEN"]}

            After
            {"type": "record", "name": "insurance.Policy", "fields": []}
            {"type": "enum", "name": "insurance.policies.Status", "symbols": ["OPEN"]}
        """,
    ),
    row(
        "UNREACHABLE_NAME",
        "error",
        "name",
        purpose="A type in a namespace refers to a type that has none.",
        why="""
            Avro looks up a bare name in the namespace of the type around it, and there is no way to write
            "the type without namespace". So in `insurance.Policy` the name `Money` means `insurance.Money`,
            even if only `Money` exists. Some libraries fall back to it and others do not, so the schema
            loads in some services and fails in the rest.
        """,
        fix="Give the type that is referred to a namespace.",
        example="""
            Before
            {"type": "record", "name": "Money", "fields": []}
            {"type": "record", "name": "insurance.Policy", "fields": [
              {"name": "premium", "type": "Money"}
            ]}

            After
            {"type": "record", "name": "insurance.Money", "fields": []}
            {"type": "record", "name": "insurance.Policy", "fields": [
              {"name": "premium", "type": "Money"}
            ]}
        """,
    ),
)
