"""Rules about code that the index cannot see through."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "HANDLER_WITHOUT_ANNOTATION",
        "warning",
        "code",
        purpose="A function reads fields of a parameter that has no annotation and whose type cannot be inferred.",
        why="""
            What it reads may be a field of any contract that has one of that name. So a change to each of them is
            answered with a maybe, and people learn to pass over maybes, also over the one that was true.
        """,
        fix="Annotate the parameter with the class of the contract.",
        example="""
            Before
            async def on_address_changed(event): ...

            After
            async def on_address_changed(event: AddressChanged) -> None: ...
        """,
    ),
    row(
        "UNREADABLE_CODE",
        "error",
        "code",
        purpose="A file of a service is no Python, or cannot be read.",
        why="""
            Nothing is known of what it uses, so nothing can be said about any contract: each answer counts the whole
            file as a use of every field.
        """,
        fix="Mend it, or move it out of the services.",
        example="""
            Before
            def on_address_changed(event: AddressChanged)

            After
            def on_address_changed(event: AddressChanged) -> None: ...
        """,
    ),
    row(
        "BAD_WAIVER",
        "error",
        "code",
        purpose="A comment `# avow: reads ...` names what is no field of a type.",
        why="""
            The comment answers for what the index cannot see. A name that is misspelt, or that the schema has lost,
            answers for nothing, and the field that is really read counts as not needed.
        """,
        fix="""
            Name fields by their path from a type, separated by commas: `AddressChanged.reason`; or `nothing`, where
            none is read.
        """,
        example="""
            Before
            render(event)  # avow: reads AddressChanged.reasn

            After
            render(event)  # avow: reads AddressChanged.reason
        """,
    ),
    row(
        "UNUSED_WAIVER",
        "warning",
        "code",
        purpose="A comment `# avow: reads ...` stands where no value of such a type goes out of sight.",
        why="""
            The code that it was written for has moved or is seen through by now. Left where it is, it claims uses
            that there are none of, or will answer for the next escape that somebody adds there.
        """,
        fix="Remove it, or move it to the line of the escape.",
        example="""
            Before
            show(event.reason)  # avow: reads AddressChanged.reason

            After
            show(event.reason)
        """,
    ),
)
