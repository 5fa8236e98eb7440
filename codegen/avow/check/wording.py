"""What findings about changes say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from avow.check.verdict import Previous
from avow.words import listed

THIS = "this version"
_HOW = {
    "UNIT_CHANGED": "otherwise",
    "PROMOTION_LOSSY": "otherwise",
    "LOGICAL_CHANGED": "otherwise",
    "BYTES_AS_STRING": "with a doubt",
    "NAMESPACE_CHANGED": "with a doubt",
    "DECIMAL_PRECISION_WIDENED": "with a doubt",
}
"""How something is read, under the rules about what can be read; under the others it cannot."""
_ROLE = re.compile(r"\b([Tt])he (writer|reader)\b")


def cast(text: str, reader: str, writer: str) -> str:
    """Put names in the place of "the reader" and "the writer"."""

    def name(match: re.Match[str]) -> str:
        word = reader if match[2] == "reader" else writer
        return word[:1].upper() + word[1:] if match[1] == "T" and word == word.lower() else word

    return _ROLE.sub(name, text)


def names(found: Sequence[Previous]) -> str:
    """Return what several older states are called in data: `versions 1 and 2, origin/main`."""
    numbers = [str(each.number) for each in found if each.number]
    others = [each.label for each in found if not each.number]
    return ", ".join([*([_versions(numbers)] if numbers else []), *others])


def phrase(found: Sequence[Previous]) -> str:
    """Return what several older states are called in a sentence: `versions 1 and 2 and that of origin/main`."""
    numbers = [str(each.number) for each in found if each.number]
    others = [each.label for each in found if not each.number]
    if not others:
        return _versions(numbers)
    return listed([_versions(numbers), *(f"that of {each}" for each in others)] if numbers else _first(others))


def _first(others: list[str]) -> list[str]:
    return [f"the version of {others[0]}", *(f"that of {each}" for each in others[1:])]


def _versions(numbers: list[str]) -> str:
    return f"version {numbers[0]}" if len(numbers) == 1 else f"versions {listed(numbers)}"


def head(contract: str, olds: str, rule: str, *, backward: bool) -> str:
    """Return who cannot read whom, or reads it otherwise than it was written."""
    how = _HOW.get(rule, "")
    if not backward:
        read = f"read what {contract} now writes {how}" if how else f"cannot read what {contract} now writes"
        return f"readers of {olds} {read}"
    return f"{contract} reads {olds} {how}" if how else f"{contract} cannot read {olds}"
