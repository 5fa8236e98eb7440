"""Upcasters: what lifts the values of older eras to today's class."""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "UPCASTER_MISSING",
        "error",
        "era",
        purpose="Versions of an older era are live, and nothing lifts them to today's class.",
        why="""
            A new era is a break that is meant: Avro cannot read one as the other, so a function has to say what an
            old value means today. Without it every stored message of the old era ends in an error.
        """,
        fix="""
            Write the function into the file beside the schema: `def upcast(old: MovedEra1) -> Moved:` in
            `Moved.upcast.py`. Or retire the versions of the old era, if nothing of them is left.
        """,
    ),
    row(
        "UPCASTER_UNTYPED",
        "error",
        "era",
        purpose="A function in a file of upcasters does not say which class it takes or which it returns.",
        why="""
            The types are how avow knows which function lifts which era, and in which order several are applied. They
            are also what lets a type checker see that the function fills every field of the new class.
        """,
        fix="Annotate it: `def upcast(old: MovedEra1) -> Moved:`.",
    ),
    row(
        "UPCASTER_FAILED",
        "error",
        "era",
        purpose="An upcaster cannot be loaded, fails, returns something else than it says, or takes too long.",
        why="""
            It was run on values of the old era: on samples, and on the smallest values that the old schemas admit,
            where optional things are missing and texts are empty. What fails there will fail on what is stored.
        """,
        fix="Mend it, and see that it deals with every value that the old schema admits.",
    ),
)
