"""How schemas are laid out in files, spelt and described."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "PATH_MISMATCH",
        "warning",
        "layout",
        purpose="The path of a file does not match the full name of the type in it.",
        why="""
            With paths that mirror names, everybody finds a type without a search, two people who add the
            same one get a merge conflict instead of two definitions, and owners of folders review what is
            theirs. A file that was copied and renamed only on one side is found by this too.
        """,
        fix="""
            Move the file, or rename the type. For a tree that grew by another order, turn the rule off in
            `[tool.avow.lint]`; `avow init` does so where it finds one.
        """,
        example="""
            Before
            -- schemas/events/address_changed.avsc
            {"type": "record", "name": "insurance.customers.AddressChanged", "fields": []}

            After
            -- schemas/customers/AddressChanged.avsc
            {"type": "record", "name": "insurance.customers.AddressChanged", "fields": []}
        """,
    ),
    row(
        "DUPLICATE_DEFINITION",
        "warning",
        "layout",
        purpose="One type is defined more than once, in the same way each time.",
        why="""
            The copies are one type today. The first edit that reaches only one of them makes them two, and
            that is an error (CONFLICTING_DEFINITION) for the person who made the edit and never saw the
            copy.
        """,
        fix="Keep one definition in a file of its own, and refer to it by its full name everywhere else.",
        example="""
            Before
            -- schemas/customers/Customer.avsc
            {"type": "record", "name": "customers.Customer", "fields": [
              {"name": "address", "type": {"type": "record", "name": "shared.Address", "fields": []}}
            ]}
            -- schemas/shared/Address.avsc
            {"type": "record", "name": "shared.Address", "fields": []}

            After
            -- schemas/customers/Customer.avsc
            {"type": "record", "name": "customers.Customer", "fields": [
              {"name": "address", "type": "shared.Address"}
            ]}
            -- schemas/shared/Address.avsc
            {"type": "record", "name": "shared.Address", "fields": []}
        """,
    ),
    row(
        "NAME_STYLE",
        "warning",
        "layout",
        purpose="""
            A name is not spelt like the others: types in UpperCamelCase, the fields of a record all in one
            style.
        """,
        why="""
            Names become classes and attributes in several languages. With `customer_id` in one record and
            `customerId` in the next, nobody can write a field's name from memory, and mappings from one to
            the other fill up with exceptions. Renaming later needs an alias for every field, in every
            reader.
        """,
        fix="""
            Respell the new name. For one that is in use, add an exception with a reason, or rename it with
            an alias.
        """,
        example="""
            Before
            {"type": "record", "name": "address_changed", "fields": [
              {"name": "customer_id", "type": "string"},
              {"name": "postCode", "type": "string"}
            ]}

            After
            {"type": "record", "name": "AddressChanged", "fields": [
              {"name": "customer_id", "type": "string"},
              {"name": "post_code", "type": "string"}
            ]}
        """,
    ),
    row(
        "UNKNOWN_ATTRIBUTE",
        "warning",
        "layout",
        purpose="An attribute looks like a misspelling of one that Avro or avow knows.",
        why="""
            Avro lets a schema carry any attribute and passes over those that it does not know. `defualt` is
            therefore valid and gives the field no default at all: nothing is seen until the first old
            message that lacks the field cannot be read.
        """,
        fix="""
            Respell it as the message suggests. If the attribute is meant, give it a name less like Avro's
            own.
        """,
        example="""
            Before
            {"name": "note", "type": "string", "defualt": ""}

            After
            {"name": "note", "type": "string", "default": ""}
        """,
    ),
    row(
        "MISSING_DOC",
        "warning",
        "layout",
        purpose="A contract, a shared type or a field has no `doc`.",
        why="""
            The schema is the only thing that all services share, and most of its readers were not there
            when it was written. Without `doc` they guess whether `amount` has tax in it and whether `date`
            is the customer's or the server's day, and each team guesses on its own. The doc becomes the
            docstring of the class.
        """,
        fix="""
            Add one sentence that says what the name does not: unit, time zone, whether an empty value is
            possible, who assigns it.
        """,
        example="""
            Before
            {"name": "effective", "type": {"type": "int", "logicalType": "date"}}

            After
            {
              "name": "effective",
              "type": {"type": "int", "logicalType": "date"},
              "doc": "First day of cover, in the time zone of the policy."
            }
        """,
    ),
)
