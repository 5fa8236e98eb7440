"""Raw data of a writer's type as fastavro's writer takes it: few, and together they reach every choice.

Each new datum takes the branches and symbols least taken so far; leaves are often at the edge of their range,
and within what their logical type can hold.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from tests.support.values import NEVER, height, heights

from avow.runtime import schema as model

_BUDGET = 60
_NIL = "00000000-0000-0000-0000-000000000000"
_EDGES: dict[str, tuple[Any, ...]] = {
    "null": (None,),
    "boolean": (False, True),
    "int": (0, -1, 2**31 - 1, -(2**31), 2**24 + 1),
    "long": (0, -1, 2**63 - 1, -(2**63), 2**53 + 1, 2**31),
    "float": (0.0, -1.5, 3.4028234663852886e38, 2.0**-149),
    "double": (0.0, 0.1, 1.7976931348623157e308, 5e-324),
    "bytes": (b"", b"\xff\x00", b"abc"),
    "string": ("", "aß😀", "\0"),
}
_LOGICAL: dict[str, tuple[Any, ...]] = {
    "date": (0, -719162, 2932896),
    "time-millis": (0, 86_399_999),
    "time-micros": (0, 86_399_999_999),
    "uuid": (_NIL, "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    "decimal": (b"\0", b"\x01", b"\xff", b"\x27\x0f"),
    "big-decimal": (b"\x02\x00\x00", b"\x02\x05\x04"),
}
_MOMENTS = (0, -1, 1, 1_700_000_000_000)


def data(root: model.Type, rng: Random, most: int) -> list[Any]:
    """Return three data or more, up to ``most`` while there are choices that none of them takes."""
    maker = _Data(root, rng)
    made = [maker.datum() for _ in range(3)]
    while len(made) < most and maker.news:
        made.append(maker.datum())
    return made


class _Data:
    def __init__(self, root: model.Type, rng: Random) -> None:
        self._root = root
        self._rng = rng
        self._heights = heights(root)
        self._taken: Counter[tuple[int, int]] = Counter()
        self._left = 0
        self.news = False
        """Whether the last datum took a choice that none before it took."""

    def datum(self) -> Any:
        self._left, self.news = _BUDGET, False
        return self._value(self._root, 0)

    def _value(self, type_: model.Type, depth: int) -> Any:
        self._left -= 1
        if isinstance(type_, model.Record):
            return {field.name: self._value(field.type, depth + 1) for field in type_.fields}
        if isinstance(type_, model.Union):
            branch = type_.branches[self._branch(type_, depth)]
            return model.branch_name(branch), self._value(branch, depth + 1)
        if isinstance(type_, model.Array):
            return [self._value(type_.items, depth + 1) for _ in range(self._count(type_.items, depth))]
        if isinstance(type_, model.Map):
            return {f"k{at}": self._value(type_.values, depth + 1) for at in range(self._count(type_.values, depth))}
        if isinstance(type_, model.Enum):
            return type_.symbols[self._least(id(type_), list(range(len(type_.symbols))))]
        return self._leaf(type_)

    def _tired(self, depth: int) -> bool:
        return self._left <= 0 or depth > 12

    def _branch(self, union: model.Union, depth: int) -> int:
        ranks = [self._rank(branch) for branch in union.branches]
        if self._tired(depth):
            return ranks.index(min(ranks))
        return self._least(id(union), [at for at, rank in enumerate(ranks) if rank < NEVER])

    def _rank(self, type_: model.Type) -> int:
        if isinstance(type_, model.Record):
            return self._heights[type_.name]
        return min(map(self._rank, type_.branches), default=NEVER) if isinstance(type_, model.Union) else 0

    def _least(self, key: int, choices: list[int]) -> int:
        chosen = min(choices, key=lambda at: (self._taken[key, at], self._rng.random()))
        self.news |= not self._taken[key, chosen]
        self._taken[key, chosen] += 1
        return chosen

    def _count(self, inner: model.Type, depth: int) -> int:
        if self._tired(depth) or self._rank(inner) >= NEVER:
            return 0
        return self._rng.choice((0, 1, 1, 1, 2))

    def _leaf(self, type_: model.Primitive | model.Fixed) -> Any:
        logical = type_.logical.name if type_.logical else ""
        if isinstance(type_, model.Fixed):
            return (
                bytes(type_.size)
                if logical == "decimal"
                else self._rng.choice((bytes(type_.size), b"\xff" * type_.size))
            )
        if logical:
            return self._rng.choice(_LOGICAL.get(logical, _MOMENTS))
        return self._rng.choice(_EDGES[type_.kind])


def finite(type_: model.Type) -> bool:
    """Return whether a type has a finite datum."""
    return height(type_) < NEVER
