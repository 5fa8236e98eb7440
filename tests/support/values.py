"""Random Python values of a parsed type: ordinary ones, and those at the edge of what the type can hold.

Every value decodes back equal: what loses on the way (a time finer than its unit) is for tests of its own.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from decimal import Context, Decimal
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from tests.support.classes import Classes

from avow.runtime import schema as model
from avow.runtime.record import Duration

Moment = TypeVar("Moment", dt.time, dt.datetime)

NEVER = 10**9
"""The height of a type that has no finite value."""
_BUDGET = 120
_MAX_DEPTH = 100
_EXACT = Context(prec=100_000)
_CHARS = 'aZ0 "\\\n\0éß中😀\u202e\ufeff{%\x7f\uffff'
_FLOATS = [0.0, -0.0, 1.0, -1.5, float("nan"), float("inf"), float("-inf"), 2.0**-149, 3.4028234663852886e38]
_DOUBLES = [*_FLOATS, 0.1, 5e-324, 1.7976931348623157e308, 2.0**53 + 2, -1e-300]
_ZONES = [dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=30)), dt.timezone(-dt.timedelta(hours=11))]
_TIMES = [dt.time(0), dt.time(23, 59, 59, 999_999), dt.time(12, 0, 0, 1000)]
_MOMENTS = [
    dt.datetime.min,
    dt.datetime.max,
    dt.datetime(1970, 1, 1),
    dt.datetime(1969, 12, 31, 23, 59, 59, 999_999),
    dt.datetime(2262, 4, 11, 23, 47, 16, 854_775),
]


def values(type_: model.Type, classes: Classes) -> st.SearchStrategy[Any]:
    """Return a strategy of a type's values; `classes` gives the class of a record or enum by full name."""
    return st.randoms(use_true_random=False).map(lambda rng: random_value(type_, rng, classes))


def random_value(type_: model.Type, rng: Random, classes: Classes, budget: int = _BUDGET) -> Any:
    """Return a random value; `budget` is about how many parts it may have.

    The type must have a finite value: `height` says so.
    """
    return _Values(rng, classes, budget, heights(type_)).value(type_, 0)


def any_leaf(rng: Random) -> Any:
    """Return a value of no type in particular, to ask for its branch in a union; it may lose on the way."""
    drawn = _Values(rng, lambda name: name, 1, {})
    made = rng.choice(list(_PRIMITIVE.values()))(drawn), rng.choice(list(_LOGICAL.values()))(drawn, 1)
    return rng.choice((*made, 1 << rng.randrange(1100), rng.randbytes(rng.choice((1, 4, 12, 16)))))


def height(type_: model.Type) -> int:
    """Return how many containers a type's smallest value nests; NEVER where it has no finite value."""
    return _height(type_, heights(type_))


def heights(root: model.Type) -> dict[str, int]:
    """Return the height of every record that `root` reaches: the least fixed point, from NEVER down."""
    records = [named for named in model.named_types(root).values() if isinstance(named, model.Record)]
    known = {record.name: NEVER for record in records}
    changed = True
    while changed:
        changed = False
        for record in records:
            found = min(NEVER, 1 + max((_height(field.type, known) for field in record.fields), default=0))
            changed |= found != known[record.name]
            known[record.name] = found
    return known


def _height(type_: model.Type, known: dict[str, int]) -> int:
    if isinstance(type_, model.Record):
        return known[type_.name]
    if isinstance(type_, model.Union):
        return min((_height(branch, known) for branch in type_.branches), default=NEVER)
    return NEVER if isinstance(type_, model.Enum) and not type_.symbols else 0


class _Values:
    def __init__(self, rng: Random, classes: Classes, budget: int, known: dict[str, int]) -> None:
        self._rng = rng
        self._classes = classes
        self._budget = budget
        self._known = known

    def value(self, type_: model.Type, depth: int) -> Any:
        self._budget -= 1
        if isinstance(type_, model.Record):
            return self._record(type_, depth + 1)
        if isinstance(type_, model.Union):
            return self.value(self._branch(type_, depth), depth)
        if isinstance(type_, model.Array):
            return [self.value(type_.items, depth + 1) for _ in range(self._count(type_.items, depth))]
        if isinstance(type_, model.Map):
            keys = {self._text() for _ in range(self._count(type_.values, depth))}
            return {key: self.value(type_.values, depth + 1) for key in sorted(keys)}
        if isinstance(type_, model.Enum):
            return self._classes(type_.name)(self._rng.choice(type_.symbols))
        return self._leaf(type_)

    def _record(self, record: model.Record, depth: int) -> Any:
        made = {field.name: self.value(field.type, depth) for field in record.fields}
        class_ = self._classes(record.name)
        return class_(*[made[name] for name in class_.__struct_encode_fields__])

    def _tired(self, depth: int) -> bool:
        return self._budget <= 0 or depth >= _MAX_DEPTH

    def _branch(self, union: model.Union, depth: int) -> model.Type:
        if self._tired(depth):
            return min(union.branches, key=lambda branch: _height(branch, self._known))
        return self._rng.choice([b for b in union.branches if _height(b, self._known) < NEVER])

    def _count(self, inner: model.Type, depth: int) -> int:
        if self._tired(depth) or _height(inner, self._known) >= NEVER:
            return 0
        if isinstance(inner, (model.Array, model.Map)):  # so that deep nesting is reached at all
            return self._rng.choice((1, 1, 1, 1, 1, 1, 1, 2))
        simple = isinstance(inner, (model.Primitive, model.Enum))
        return self._rng.choice((0, 1, 2, 3, 200 if simple and self._rng.random() < 0.2 else 4))

    def _leaf(self, type_: model.Primitive | model.Fixed) -> Any:
        if type_.logical is not None:
            return self._logical(type_, type_.logical)
        if isinstance(type_, model.Fixed):
            size = type_.size
            return self._rng.choice((bytes(size), b"\xff" * size, self._rng.randbytes(size)))
        return _PRIMITIVE[type_.kind](self)

    def _logical(self, type_: model.Primitive | model.Fixed, logical: model.Logical) -> Any:
        if logical.name == "decimal":
            return self._decimal(logical)
        name, _, unit = logical.name.rpartition("-")
        if unit == "nanos":
            return self.whole(63)
        step = 1000 if unit == "millis" else 1
        return _LOGICAL[name if unit in ("millis", "micros") else logical.name](self, step)

    def whole(self, bits: int) -> int:
        edge = 1 << bits
        small = self._rng.randrange(-200, 200)
        power = 1 << self._rng.randrange(bits)
        return self._rng.choice((0, -1, small, power, edge - 1, -edge, self._rng.randrange(-edge, edge)))

    def boolean(self) -> bool:
        return self._rng.random() < 0.5

    def float32(self) -> float:
        bits = self._rng.getrandbits(32)
        found: float = self._rng.choice((*_FLOATS, struct.unpack("<f", struct.pack("<I", bits))[0]))
        return found

    def float64(self) -> float:
        bits = self._rng.getrandbits(64)
        found: float = self._rng.choice((*_DOUBLES, struct.unpack("<d", struct.pack("<Q", bits))[0]))
        return found

    def raw(self) -> bytes:
        return self._rng.randbytes(self._rng.choice((0, 1, 2, 17, 200)))

    def _text(self) -> str:
        return "".join(self._rng.choice(_CHARS) for _ in range(self._rng.choice((0, 1, 2, 5, 12))))

    def text(self) -> str:
        return self._text() * self._rng.choice((1, 1, 1, 1, 1, 30))

    def _decimal(self, logical: model.Logical) -> Decimal:
        edge = 10 ** min(logical.precision, 1000) - 1
        unscaled = self._rng.choice((0, 1, -1, edge, -edge, self._rng.randint(-edge, edge)))
        return Decimal(unscaled).scaleb(-logical.scale, _EXACT)

    def big_decimal(self, step: int) -> Decimal:
        unscaled = self._rng.choice((0, 1, -1, 10**60, self._rng.randint(-(10**30), 10**30)))
        return Decimal(unscaled).scaleb(self._rng.choice((0, 2, 400, -1, -9, -400)), _EXACT)

    def uuid(self, step: int) -> UUID:
        return UUID(int=self._rng.choice((0, (1 << 128) - 1, self._rng.getrandbits(128))))

    def date(self, step: int) -> dt.date:
        drawn = dt.date.fromordinal(self._rng.randint(1, dt.date.max.toordinal()))
        return self._rng.choice((dt.date.min, dt.date.max, dt.date(1970, 1, 1), drawn))

    def time(self, step: int) -> dt.time:
        drawn = (dt.datetime.min + dt.timedelta(microseconds=self._rng.randrange(86_400_000_000))).time()
        return _floored(self._rng.choice((*_TIMES, drawn)), step)

    def local(self, step: int) -> dt.datetime:
        drawn = dt.datetime(1970, 1, 1) + dt.timedelta(microseconds=self._rng.randrange(-(10**16), 10**16))
        return _floored(self._rng.choice((*_MOMENTS, drawn)), step)

    def moment(self, step: int) -> dt.datetime:
        local = self.local(step)
        zone = dt.UTC if local.year in (1, 9999) else self._rng.choice(_ZONES)  # others may leave the years
        return local.replace(tzinfo=zone)

    def duration(self, step: int) -> Duration:
        drawn = self._rng.getrandbits(32)
        return Duration(*(self._rng.choice((0, 1, (1 << 32) - 1, drawn)) for _ in range(3)))


def _floored(value: Moment, step: int) -> Moment:
    return value.replace(microsecond=value.microsecond // step * step)


_PRIMITIVE: dict[str, Callable[[_Values], Any]] = {
    "null": lambda _: None,
    "boolean": _Values.boolean,
    "int": lambda drawn: drawn.whole(31),
    "long": lambda drawn: drawn.whole(63),
    "float": _Values.float32,
    "double": _Values.float64,
    "bytes": _Values.raw,
    "string": _Values.text,
}
_LOGICAL: dict[str, Callable[[_Values, int], Any]] = {
    "big-decimal": _Values.big_decimal,
    "uuid": _Values.uuid,
    "date": _Values.date,
    "time": _Values.time,
    "timestamp": _Values.moment,
    "local-timestamp": _Values.local,
    "duration": _Values.duration,
}
