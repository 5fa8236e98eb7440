"""Every rule that avow knows, by its id.

A rule is a row: it says what is found, why that is bad and what to do. What checks it is elsewhere (the loader for
the rules of `schema`, the linter for those of `lint`, the check for those of `compat`, the index for its own) and
names it by its id. To add one, put a row into the file of its group.
"""

from __future__ import annotations

from avow.errors import AvowError
from avow.rules import compat, index, lint, schema
from avow.rules.row import Rule

__all__ = ["ALL", "Rule", "UnknownRuleError", "rule"]

ALL: dict[str, Rule] = {row.id: row for row in (*schema.ROWS, *lint.ROWS, *compat.ROWS, *index.ROWS)}
"""In the order in which `avow rules` lists them: group by group."""


class UnknownRuleError(AvowError):
    """There is no rule with the id that was asked for."""


def rule(name: str) -> Rule:
    """Return the rule with this id. Case does not matter, and `name-case` is `NAME_CASE`.

    Raises:
        UnknownRuleError: There is none; its `fix` has the nearest id.
    """
    wanted = name.strip().upper().replace("-", "_")
    if wanted not in ALL:
        raise UnknownRuleError(f"there is no rule {name}", fix=_hint(wanted))
    return ALL[wanted]


def _hint(wanted: str) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(wanted, ALL, n=1)
    return f"Did you mean {nearest[0]}?" if nearest else "`avow rules` lists them all."
