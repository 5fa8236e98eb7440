"""Whether two types are the same to a reader, and resolution that stops where they are.

Most of two versions of a contract is the same, and nothing can be wrong there: to see that takes a tenth of the time
of working out how it is read.
"""

from __future__ import annotations

from typing import Any, Final

from avow.runtime.resolution import LeafPlan, Plan, Resolver
from avow.runtime.schema import Array, Enum, Map, Primitive, Record, Type, Union

_NULL: Final = Primitive("null")
SAME: Final[Plan] = LeafPlan(_NULL, _NULL)
"""Stands for the plan of two types that are the same: there is nothing to be found in it."""


class Pruned(Resolver):
    """Resolves as `resolve` does, and puts `SAME` wherever the two are."""

    def plan(self, writer: Type, reader: Type) -> Plan:
        """Return the plan of a place in both schemas."""
        return SAME if not self.claimed and same(writer, reader) else super().plan(writer, reader)


def same(one: Type, other: Type) -> bool:
    """Return whether two types have the same structure and names throughout, so that each reads the other.

    Docs and defaults may differ. Where anything has an alias the answer is no: what it means depends on more.
    """
    return one is other or _same(one, other, set())


def _same(one: Any, other: Any, seen: set[tuple[int, int]]) -> bool:
    """This is nearly all that a check of two unchanged versions does, so it is one function without a loop's frills."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is Record:
        key = (id(one), id(other))
        if key in seen:
            return True
        seen.add(key)
        if one.name != other.name or one.aliases or other.aliases or len(one.fields) != len(other.fields):
            return False
        for left, right in zip(one.fields, other.fields):  # noqa: B905
            if left.name != right.name or left.aliases or right.aliases:
                return False
            if left.type is not right.type and not _same(left.type, right.type, seen):
                return False
        return True
    if kind is Union:
        if len(one.branches) != len(other.branches):
            return False
        for left, right in zip(one.branches, other.branches):  # noqa: B905
            if left is not right and not _same(left, right, seen):
                return False
        return True
    if kind is Array:
        return _same(one.items, other.items, seen)
    return _same(one.values, other.values, seen) if kind is Map else _same_leaf(kind, one, other)


def _same_leaf(kind: type[Type], one: Any, other: Any) -> bool:
    if kind is Primitive:
        return bool(one.kind == other.kind and one.logical == other.logical)
    if one.name != other.name or one.aliases or other.aliases:
        return False
    if kind is Enum:
        return bool(one.symbols == other.symbols)
    return bool(one.size == other.size and one.logical == other.logical)
