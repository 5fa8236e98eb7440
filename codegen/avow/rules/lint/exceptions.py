"""Exceptions from rules: each of them is a debt with a reason, and debts are looked after.

One is written as `except` beside what it is about, or as a row of `[[tool.avow.lint.exceptions]]`.
"""

from __future__ import annotations

from avow.rules.row import row

ROWS = (
    row(
        "EXCEPTION_WITHOUT_REASON",
        "error",
        "exception",
        purpose="An exception does not say why it is made.",
        why="""
            An exception outlives the memory of those who made it. Without its reason nobody can tell
            whether it may go, so it stays, and the next one is copied from it.
        """,
        fix="""
            Add a `reason`: what makes this case different, or what has to happen before it can be put
            right. Beside a schema the reason stands behind the rule, and the exception holds for what it
            stands on and all that is inside.
        """,
        example="""
            Before
            {"type": "enum", "name": "Weekday", "symbols": ["MONDAY"], "except": {"ENUM_WITHOUT_DEFAULT": ""}}

            After
            {
              "type": "enum", "name": "Weekday", "symbols": ["MONDAY"],
              "except": {"ENUM_WITHOUT_DEFAULT": "There will be no eighth day of the week."}
            }
        """,
    ),
    row(
        "BAD_EXCEPTION",
        "error",
        "exception",
        purpose="An exception is not written as one, or is made from a rule that cannot have any.",
        why="""
            An exception that is not understood excuses nothing, and one from a rule that is misspelt would
            stay for ever. What makes a schema invalid cannot be excused: there is nothing to generate from
            it. Nor can what is wrong with exceptions.
        """,
        fix="""
            Write `except` as an object on a type or a field: the id of the rule, and behind it the reason, or
            an object with `reason` and `until`, the last day on which it holds. Or write a row of
            `[[tool.avow.lint.exceptions]]` in pyproject.toml with `rule`, `reason`, and what it is for:
            `path` (a glob), `name` (`full.Name` or `full.Name.field`), `until`.
        """,
        example="""
            Before
            {"name": "price", "type": "double", "except": ["FLOAT_MONEY"]}

            After
            {"name": "price", "type": "double", "except": {"FLOAT_MONEY": "Per share, as on the exchange."}}
        """,
    ),
    row(
        "UNUSED_EXCEPTION",
        "warning",
        "exception",
        purpose="An exception excuses nothing.",
        why="""
            What it was made for is mended, renamed or gone, or its path or name is misspelt and it has
            never held. Left in place, it hides the next finding of that rule, which nobody has looked at.
        """,
        fix="Remove it, or correct the `path` or `name` that it is meant for.",
        example="""
            Before
            {"name": "note", "type": "string", "except": {"FLOAT_MONEY": "Per share, as on the exchange."}}

            After
            {"name": "note", "type": "string"}
        """,
    ),
    row(
        "EXPIRED_EXCEPTION",
        "warning",
        "exception",
        purpose="The last day of an exception has passed.",
        why="""
            It was made with a date on which the matter should be settled, and holds no longer: what it
            excused is reported again, with its own severity.
        """,
        fix="""
            Mend what it excuses and remove it. If more time is needed, give it a new date and say in
            `reason` why.
        """,
        example="""
            Before
            {
              "name": "price", "type": "double",
              "except": {"FLOAT_MONEY": {"reason": "Goes with the old tariff.", "until": "2024-12-31"}}
            }

            After
            {
              "name": "price",
              "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
            }
        """,
    ),
)
