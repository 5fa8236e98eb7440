"""What a rule is: a row of text, with nothing in it that runs."""

from __future__ import annotations

import msgspec

from avow.finding import Severity


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the rule table, as `avow explain` shows it.

    Its prose has one line a paragraph, to be wrapped by who shows it. `example` is laid out already: what is
    wrong under a line `Before`, what is right under a line `After`. A line with `--` in front names a file.
    """

    id: str
    """Upper case with underscores; never changes, since exceptions and CI settings name it."""
    severity: Severity
    group: str
    """What the rule is about; `avow rules` lists by it."""
    purpose: str
    """One sentence: what it finds."""
    why: str
    """What goes wrong in practice where it is not kept."""
    fix: str
    example: str = ""


def row(rule_id: str, severity: Severity, group: str, *, purpose: str, why: str, fix: str, example: str = "") -> Rule:
    """Make a rule from text that is indented and wrapped for those who read this package."""
    return Rule(
        id=rule_id,
        severity=severity,
        group=group,
        purpose=_prose(purpose),
        why=_prose(why),
        fix=_prose(fix),
        example=_outdented(example),
    )


def _prose(text: str) -> str:
    """Return one line for each paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n")).strip()


def _outdented(text: str) -> str:
    lines = text.strip("\n").rstrip().split("\n")
    margin = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[margin:] for line in lines)
