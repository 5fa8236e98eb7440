"""Python values that fit few types or none, and byte strings that hardly any type has: for encoders to refuse."""

from __future__ import annotations

import datetime as dt
import enum
import types
from collections import OrderedDict, UserString, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from avow.runtime.record import Duration, Record


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


class Real(float):
    pass


class Raw(bytes):
    pass


class Items(list[Any]):
    pass


class Entries(dict[Any, Any]):
    pass


class Moment(dt.datetime):
    pass


class Day(dt.date):
    pass


class Clock(dt.time):
    pass


class Amount(Decimal):
    pass


class Id(UUID):
    pass


class Level(enum.IntEnum):
    LOW = 1


class Word(enum.StrEnum):
    RED = "RED"


class Stray(Record, frozen=True):
    """A record that no package knows."""

    value: int = 1


class NoZone(dt.tzinfo):
    """A time zone that does not say how far it is from UTC: such a datetime counts as one without zone."""

    def utcoffset(self, moment: dt.datetime | None) -> None:
        return None


def zone(**offset: int) -> dt.timezone:
    return dt.timezone(dt.timedelta(**offset))


NUMBERS: tuple[Any, ...] = (
    *(0, 1, -1, 63, 64, 8191, 8192, -8193, 2**27 - 1, 2**27, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1),
    *(2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**400, -(10**400), 2**24 + 1, 2**128),
    *(0.0, -0.0, 0.1, 1.5, 1e39, -1e39, 3.4028235677973366e38, 3.4028235677973362e38, 1e308, 5e-324),
    *(float("nan"), float("inf"), float("-inf"), complex(1, 1), Level.LOW, Whole(7), Whole(2**70), Real(0.1)),
)
DECIMALS: tuple[Any, ...] = tuple(
    Decimal(text)
    for text in "0 -0 0E+10 0E+40 0E-60 1 -1 1.00 1E+3 1E-3 12.5 0.001 9999999.99 99999999.99 -9999999.99 1E+9 1E-41"
    " 123456.789 NaN -NaN sNaN Infinity -Infinity 1E+1000000 1E-1000000 1E+2147483648 1E-2147483648 1E-2147483647"
    " 128 -128 -129 32768 8388607 8388608 2147483.647 2147483.648 -2147483.648".split()
)
TIMES: tuple[Any, ...] = (
    *(dt.date.min, dt.date.max, dt.date(1969, 12, 31), Day(2000, 1, 1)),
    *(dt.time(0), dt.time.max, dt.time(1, 2, 3, 4), dt.time(1, tzinfo=dt.UTC), dt.time(1, tzinfo=zone(hours=2))),
    *(dt.time(1, fold=1), Clock(1, 2), dt.time(1, tzinfo=NoZone())),
    *(dt.datetime.min, dt.datetime.max, dt.datetime(2020, 1, 1), dt.datetime(1969, 12, 31, 23, 59, 59, 999)),
    *(moment.replace(tzinfo=dt.UTC) for moment in (dt.datetime.min, dt.datetime.max, dt.datetime(2020, 1, 1, 5))),
    *(dt.datetime.min.replace(tzinfo=zone(hours=1)), dt.datetime.max.replace(tzinfo=zone(hours=-1))),
    *(dt.datetime.min.replace(tzinfo=zone(hours=-1)), dt.datetime.max.replace(tzinfo=zone(hours=1))),
    *(dt.datetime(2020, 1, 1, 0, 0, 0, 1, zone(seconds=1)), dt.datetime(1900, 1, 1, 0, 0, 0, 1, dt.UTC)),
    *(dt.datetime(2020, 1, 1, tzinfo=NoZone()), Moment(2020, 1, 1), Moment(2020, 1, 1, tzinfo=dt.UTC), dt.timedelta(1)),
)
TEXTS: tuple[Any, ...] = (
    *("", "a", "ü", "\ud800", "a\udfffb", "x" * 63, "x" * 64, "x" * 9000, "RED", "\0"),
    *(Text("sub"), Text("\ud800"), Word.RED, UserString("user")),
    *(
        b"",
        b"a",
        b"\xff" * 4,
        b"\0" * 12,
        b"\0" * 16,
        b"x" * 9000,
        Raw(b"raw!"),
        bytearray(b"four"),
        memoryview(b"four"),
    ),
    *("00000000-0000-0000-0000-000000000000", UUID(int=0), UUID(int=2**128 - 1), Id(int=5)),
)
DURATIONS: tuple[Any, ...] = (
    *(Duration(), Duration(2**32 - 1, 0, 1), Duration(2**32), Duration(-1), Duration(0, 0, 2**70)),
    *(Duration(1.5), Duration("1"), Duration(None), Duration(True)),  # type: ignore[arg-type]
)
OTHERS: tuple[Any, ...] = (
    *(None, True, False, ..., object, object(), NotImplemented, int, len, Stray(), types.SimpleNamespace(a=1)),
    *([], [None], [1, "a"], (), (1, 2), {1, 2}, frozenset(), range(3), iter([1]), Items([1]), Items(), [[]], [[[1]]]),
    *({}, {"a": 1}, {1: 1}, {None: None}, {"\ud800": 1}, {Text("k"): 1}, Entries(a=1), Entries()),
    *(OrderedDict(a=1), defaultdict(int), types.MappingProxyType({"a": 1}), {b"a": 1}),
)
WRONG: tuple[Any, ...] = (*NUMBERS, *DECIMALS, *TIMES, *TEXTS, *DURATIONS, *OTHERS)
"""Each is right somewhere and wrong nearly everywhere."""

_SUBCLASSES: dict[type, Callable[[Any], Any]] = {
    str: Text,
    int: Whole,
    float: Real,
    bytes: Raw,
    list: Items,
    dict: Entries,
    Decimal: Amount,
    UUID: lambda value: Id(int=value.int),
    dt.date: lambda value: Day(value.year, value.month, value.day),
    dt.time: lambda value: Clock(value.hour, value.minute, value.second, value.microsecond),
    dt.datetime: lambda value: Moment.combine(value.date(), value.timetz()),
}


def as_subclass(value: Any) -> Any:
    """Return a value with everything in it as a subclass of its own class, which Avro does not tell apart."""
    if isinstance(value, msgspec.Struct) and not isinstance(value, Duration):
        return msgspec.structs.replace(value, **{name: as_subclass(part) for name, part in parts(value)})
    if type(value) is list:
        return Items([as_subclass(item) for item in value])
    if type(value) is dict:
        return Entries({Text(key): as_subclass(item) for key, item in value.items()})
    make = _SUBCLASSES.get(type(value))
    return value if make is None else make(value)


def parts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what a value consists of, by field, index or key."""
    if isinstance(value, msgspec.Struct):
        yield from ((name, getattr(value, name)) for name in value.__struct_fields__)
    elif isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def corrupted(value: Any, rng: Random) -> Any:
    """Return a record with one part, somewhere in it, replaced by something that hardly fits there."""
    inside = [] if isinstance(value, Duration) else list(parts(value))
    if not isinstance(value, Record) and (not inside or rng.random() < 0.2):
        return rng.choice((*WRONG, _twisted(value), _twisted(value), as_subclass(value)))
    if not inside:
        return value
    key, part = rng.choice(inside)
    return _replaced(value, key, corrupted(part, rng), rng)


def _replaced(value: Any, key: Any, part: Any, rng: Random) -> Any:
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{key: part})
    if isinstance(value, list):
        return [*value[:key], part, *value[key + 1 :]]
    if rng.random() < 0.2:
        return {**value, rng.choice((1, None, b"k", "\ud800", Text("k"), (1, 2))): part}
    return {**value, key: part}


def _twisted(value: Any) -> Any:
    """Return something near to a value: what a hurried caller might give instead."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None if value.tzinfo else dt.UTC)
    if isinstance(value, (int, float)):
        return str(value) if isinstance(value, bool) else value * 2**31 + 1
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (bytes, str)):
        return value[:-1] if value else None
    return repr(value)
