"""The smallest datum of a writer's type, and the smallest one that goes along a trail to a given place.

Where the reader can read one choice and not another (a branch, a symbol), the readable one is taken, so that
what is at the end of the trail is what fails. What has no finite datum has none here.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import Final, TypeAlias

from avow.compat.datum import Datum, Leaf, compound, leaf
from avow.compat.incompatibility import Branch, Hop, Inside
from avow.runtime.resolution import (
    ArrayPlan,
    EnumPlan,
    Failure,
    LeafPlan,
    MapPlan,
    Plan,
    RecordPlan,
    UnionPlan,
)
from avow.runtime.schema import Array, Enum, Field, Fixed, Map, Primitive, Record, Type, Union

Way: TypeAlias = Plan | None
"""How the reader goes on from a place of the writer's schema; None where it drops or cannot read the value."""

_UNREADABLE: Final = 1 << 60
"""What a place costs that the reader cannot read: more than any number of bytes that is ever shown."""
_NEVER: Final = 1 << 200
"""What a type costs that has no finite datum."""
_MAX_LEAF: Final = 1 << 16
"""Bytes in the largest fixed that is ever shown; a larger one counts as having no datum."""
_NIL: Final = "00000000-0000-0000-0000-000000000000"
_ZERO: Final[dict[str, Leaf]] = {
    "null": None,
    "boolean": False,
    "int": 0,
    "long": 0,
    "float": 0.0,
    "double": 0.0,
    "bytes": b"",
    "string": "",
}
_LOGICAL_ZERO: Final[dict[tuple[str, str], Leaf]] = {
    ("string", "uuid"): _NIL,
    ("bytes", "uuid"): _NIL.encode(),
    ("bytes", "decimal"): b"\0",
    ("string", "big-decimal"): "\2\0\0",
    ("bytes", "big-decimal"): b"\2\0\0",
}


def zero(type_: Primitive | Fixed, way: Way = None) -> Leaf:
    """Return the smallest raw value of a leaf that its logical type admits, and the reader's where it can be."""
    if isinstance(type_, Fixed):
        return bytes(type_.size)
    logical = type_.logical
    if logical is None and isinstance(way, LeafPlan):
        logical = way.reader.logical
    if logical is not None:
        found = _LOGICAL_ZERO.get((type_.kind, logical.name))
        if found is not None:
            return found
    return _ZERO[type_.kind]


def readable_symbol(enum: Enum, way: Way) -> str | None:
    """Return the first symbol that the reader knows, else the first; None where the enum has no symbols."""
    if isinstance(way, EnumPlan):
        for symbol, known in zip(enum.symbols, way.symbols, strict=True):
            if known is not None:
                return symbol
    return enum.symbols[0] if enum.symbols else None


def unreadable_symbol(enum: Enum, way: Way) -> str | None:
    """Return the first symbol that the reader does not know, or None where it knows all."""
    if not isinstance(way, EnumPlan):
        return None
    pairs = zip(enum.symbols, way.symbols, strict=True)
    return next((symbol for symbol, known in pairs if known is None), None)


def fails(type_: Type, way: Way) -> bool:
    """Return whether the reader fails at this place itself, on some datum or on all."""
    if isinstance(way, RecordPlan):
        return bool(way.failures)
    return isinstance(way, Failure) or (isinstance(type_, Enum) and unreadable_symbol(type_, way) is not None)


def steps(type_: Type, way: Way) -> Iterator[tuple[Hop, Type, Way]]:
    """Yield what lies one step below a place: the hop, the writer's type there, and how the reader goes on."""
    if isinstance(type_, Record):
        if isinstance(way, RecordPlan):
            for step in way.steps:
                yield step.field, step.field.type, step.plan
        else:
            for field in type_.fields:
                yield field, field.type, None
    elif isinstance(type_, Union):
        ways = way.branches if isinstance(way, UnionPlan) else (None,) * len(type_.branches)
        for index, branch in enumerate(type_.branches):
            yield Branch(index), branch, ways[index]
    elif isinstance(type_, Array):
        yield Inside("array"), type_.items, way.items if isinstance(way, ArrayPlan) else None
    elif isinstance(type_, Map):
        yield Inside("map"), type_.values, way.values if isinstance(way, MapPlan) else None


class Smallest:
    """The smallest data of all that a writer's root reaches, under the plan of one reader."""

    def __init__(self, root: Type, way: Way) -> None:
        self._root = root
        self._way = way
        self._costs: dict[Record | RecordPlan, int] = {}
        self._made: dict[Record | RecordPlan, Datum] = {}
        self._settle()

    def _settle(self) -> None:
        """Work out what each record costs, from "no finite datum" down until nothing changes."""
        records = self._records()
        changed = True
        while changed:
            changed = False
            for record, way in records:
                found = 1 + sum([self.cost(inner, on) for _, inner, on in steps(record, way)])
                if isinstance(way, RecordPlan) and way.failures:
                    found += _UNREADABLE
                key = _key(record, way)
                if found < self._costs.get(key, _NEVER):
                    self._costs[key] = found
                    changed = True

    def _records(self) -> list[tuple[Record, Way]]:
        """Return every record with every way the reader takes there, inner ones mostly first."""
        found: dict[Record | RecordPlan, tuple[Record, Way]] = {}
        waiting: list[tuple[Type, Way]] = [(self._root, self._way)]
        while waiting:
            type_, way = waiting.pop()
            if isinstance(type_, Record):
                if _key(type_, way) in found:
                    continue
                found[_key(type_, way)] = (type_, way)
            if not isinstance(type_, (Primitive, Fixed, Enum)):
                waiting.extend((inner, on) for _, inner, on in steps(type_, way))
        return list(reversed(found.values()))

    def cost(self, type_: Type, way: Way) -> int:
        """Return what the smallest datum costs: about its bytes, much more for each place that cannot be read."""
        if isinstance(way, Failure):
            return _UNREADABLE + self.cost(type_, None)
        if isinstance(type_, Primitive):
            return 1
        if isinstance(type_, Record):
            return self._costs.get(_key(type_, way), _NEVER)
        if isinstance(type_, Union):
            return min([1 + self.cost(inner, on) for _, inner, on in steps(type_, way)], default=_NEVER)
        if isinstance(type_, Fixed):
            return 1 + type_.size if type_.size <= _MAX_LEAF else _NEVER
        if isinstance(type_, Enum):
            return _enum_cost(type_, way)
        return 2

    def datum(self, type_: Type, way: Way) -> Datum | None:
        """Return the smallest datum of a type that the root reaches, None where it has no finite one."""
        return self._datum(type_, way) if self.cost(type_, way) < _NEVER else None

    def _datum(self, type_: Type, way: Way) -> Datum:
        if isinstance(type_, (Primitive, Fixed)):
            return leaf(type_, zero(type_, way))
        if isinstance(type_, Enum):
            return leaf(type_, readable_symbol(type_, way))
        if isinstance(type_, (Array, Map)):
            return compound(type_, ())
        if isinstance(type_, Union):
            costs = [self.cost(inner, on) for _, inner, on in steps(type_, way)]
            index = costs.index(min(costs))
            on = way.branches[index] if isinstance(way, UnionPlan) else None
            return compound(type_, (self._datum(type_.branches[index], on),), index)
        key = _key(type_, way)
        if key not in self._made:
            parts = tuple([self._datum(inner, on) for _, inner, on in steps(type_, way)])
            self._made[key] = compound(type_, parts)
        return self._made[key]

    def along(self, trail: tuple[Hop, ...], goal: Datum | None = None) -> Datum | None:
        """Return the smallest datum of the root that has ``goal``, else the smallest there, at the trail's end.

        None where it has no finite one, or where the trail does not lie in the writer's schema.
        """
        places = self._places(trail)
        if places is None:
            return None
        made = goal or self.datum(*places[-1])
        for (type_, way), hop in zip(reversed(places[:-1]), reversed(trail), strict=True):
            if made is None:
                break
            made = self._around(type_, way, hop, made)
        return made

    def end(self, trail: tuple[Hop, ...]) -> tuple[Type, Way] | None:
        """Return the writer's type at a trail's end and how the reader goes on; None where it leads nowhere."""
        places = self._places(trail)
        return places[-1] if places else None

    def _places(self, trail: tuple[Hop, ...]) -> list[tuple[Type, Way]] | None:
        """Return the place before each hop, and the one behind the last."""
        places = [(self._root, self._way)]
        for hop in trail:
            below = ((inner, on) for found, inner, on in steps(*places[-1]) if found == hop)
            following = next(below, None)
            if following is None:
                return None
            places.append(following)
        return places

    def _around(self, type_: Type, way: Way, hop: Hop, made: Datum) -> Datum | None:
        """Return the smallest datum one step above ``made``."""
        if isinstance(hop, Branch):
            return compound(type_, (made,), hop.index)
        if isinstance(hop, Inside):
            return compound(type_, (made,))
        parts = [made if found is hop else self.datum(inner, on) for found, inner, on in steps(type_, way)]
        return compound(type_, tuple(part for part in parts if part)) if all(parts) else None

    def nearest_failure(self, type_: Type, way: Way) -> tuple[Hop, ...] | None:
        """Return the way to the cheapest place at or below this one where the reader fails, None without any."""
        waiting: list[tuple[int, int, Type, Way, tuple[Hop, ...]]] = [(0, 0, type_, way, ())]
        seen: set[int] = set()
        number = 0
        while waiting:
            cost, _, type_, way, trail = heappop(waiting)
            if fails(type_, way):
                return trail
            if way is None or id(way) in seen:
                continue
            seen.add(id(way))
            for hop, inner, on in steps(type_, way):
                number += 1
                heappush(waiting, (cost + self._detour(type_, way, hop, inner, on), number, inner, on, (*trail, hop)))
        return None

    def _detour(self, type_: Type, way: Way, hop: Hop, inner: Type, on: Way) -> int:
        """Return what all but the value behind a hop costs."""
        if not isinstance(hop, Field):
            return 2
        whole, own = self.cost(type_, way), self.cost(inner, on)
        return whole - own if whole < _NEVER else _NEVER


def _key(record: Record, way: Way) -> Record | RecordPlan:
    return way if isinstance(way, RecordPlan) else record


def _enum_cost(enum: Enum, way: Way) -> int:
    symbol = readable_symbol(enum, way)
    if symbol is None:
        return _NEVER
    known = not isinstance(way, EnumPlan) or way.symbols[enum.symbols.index(symbol)] is not None
    return 2 if known else 2 + _UNREADABLE
