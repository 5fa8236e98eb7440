"""What of a contract a change touches: the place whose users have to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from avow.changes.change import Change

Users: TypeAlias = Literal["field", "building", "any"]
"""Who is hit by a change: who uses the field, who builds values of the record, or who uses any of it."""

_MARKS = re.compile(r"\[\]|\{\}|\([^)]*\)")
_VALUES: Final = ("type", "logicalType", "size", "branches")
"""What says which values a place has."""
_LEFT: Final = ("default", "symbols")
"""What may be relied on by who reads, if it goes or is another."""


class Touched(Struct, frozen=True):
    """``path`` leads to the field, or to the record for ``building``; empty for the whole."""

    contract: str
    """Full name of the contract, or of any type."""
    path: tuple[str, ...] = ()
    users: Users = "field"


def fields(path: str) -> tuple[str, ...]:
    """Return the fields of a place such as `address.lines[].payment(Card).text`, as findings have it."""
    return tuple(part for part in _MARKS.sub("", path).split(".") if part)


def touches(contract: str, change: Change) -> Touched | None:
    """Return whom a change of a contract touches; None if nobody, or who is touched by another one."""
    path = fields(change.path)
    if change.like:
        return None
    if change.what == "field":
        return _field(contract, change, path)
    if change.what == "name" and change.field:
        return Touched(contract, (*path[:-1], str(change.before)))
    if change.what in ("name", *_VALUES) or (change.what in _LEFT and change.kind != "added"):
        return Touched(contract, path, "field" if path else "any")
    return None


def _field(contract: str, change: Change, path: tuple[str, ...]) -> Touched | None:
    if change.kind == "removed":
        return Touched(contract, path)
    has_default = isinstance(change.after, dict) and "default" in change.after
    return None if has_default else Touched(contract, path[:-1], "building")


def outermost(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave out the fields inside of what came or went itself."""
    whole: list[tuple[str, ...]] = []
    for change in changes:
        path = fields(change.path)
        if not any(path[: len(each)] == each and path != each for each in whole):
            yield change
        if change.what == "field" and change.kind != "changed":
            whole.append(path)
