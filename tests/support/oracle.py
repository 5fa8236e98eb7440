"""fastavro as the independent oracle: same bytes out, same values in.

Logical types and the choice of a union's branch are worked out here anew, from the specification and the
blueprint's rule, so that no mistake of the runtime can hide in both. fastavro gets raw values under a schema
without logical types and each branch by name; `decode_logical` leaves those on that fastavro knows.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import struct
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import fastavro
import msgspec
from fastavro.schema import parse_schema
from tests.support.inline import Json, bare, whole

from avow.runtime import schema as model
from avow.runtime.record import Duration

_MICRO = dt.timedelta(microseconds=1)
_ZONED = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NAIVE = dt.datetime(1970, 1, 1)
_WIDE = Context(prec=100_000)
_PER_SECOND = {"millis": 1_000, "micros": 1_000_000}
_KINDS: dict[str, type] = {
    "null": type(None),
    "boolean": bool,
    "int": int,
    "long": int,
    "float": float,
    "double": float,
    "bytes": bytes,
    "string": str,
    "fixed": bytes,
    "array": list,
    "map": dict,
}
_RANGES = {"int": 31, "long": 63}


class MisfitError(ValueError):
    """A value is not one of its type's."""


class Way(NamedTuple):
    """What a logical type is in Python, and both ways between that and the raw value."""

    python: type
    to_raw: Callable[[Any], Any]
    from_raw: Callable[[Any], Any]


# Logical types, by the specification


def way(type_: model.Type) -> Way | None:
    """Return how a leaf type's values convert, or None where it has no logical type."""
    if not isinstance(type_, (model.Primitive, model.Fixed)) or type_.logical is None:
        return None
    name, _, unit = type_.logical.name.rpartition("-")
    if unit == "nanos":
        return Way(int, _same, _same)
    if name == "time":
        return _time(_PER_SECOND[unit])
    if name in ("timestamp", "local-timestamp"):
        return _timestamp(_PER_SECOND[unit], _ZONED if name == "timestamp" else _NAIVE)
    if type_.logical.name == "decimal":
        return _decimal(type_)
    if type_.logical.name == "uuid" and isinstance(type_, model.Fixed):
        return Way(UUID, lambda value: value.bytes, lambda raw: UUID(bytes=raw))
    return _SIMPLE[type_.logical.name]


def _same(value: Any) -> Any:
    return value


def _time(per_second: int) -> Way:
    step = 1_000_000 // per_second

    def to_raw(value: dt.time) -> int:
        whole_seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (whole_seconds * 1_000_000 + value.microsecond) // step

    return Way(dt.time, to_raw, lambda raw: (_NAIVE + raw * step * _MICRO).time())


def _timestamp(per_second: int, epoch: dt.datetime) -> Way:
    step = 1_000_000 // per_second

    def to_raw(value: dt.datetime) -> int:
        if (value.tzinfo is None) != (epoch.tzinfo is None):
            raise MisfitError(f"{value} has or lacks a time zone")
        return (value - epoch) // _MICRO // step

    return Way(dt.datetime, to_raw, lambda raw: epoch + raw * step * _MICRO)


def _decimal(type_: model.Primitive | model.Fixed) -> Way:
    assert type_.logical is not None
    precision, scale = type_.logical.precision, type_.logical.scale
    size = type_.size if isinstance(type_, model.Fixed) else None

    def to_raw(value: Decimal) -> bytes:
        unscaled = _WIDE.scaleb(value, scale)
        if unscaled != unscaled.to_integral_value() or abs(int(unscaled)) >= 10**precision:
            raise MisfitError(f"{value} is no decimal({precision}, {scale})")
        return _twos_complement(int(unscaled), size)

    def from_raw(raw: bytes) -> Decimal:
        return _WIDE.scaleb(Decimal(int.from_bytes(raw, "big", signed=True)), -scale)

    return Way(Decimal, to_raw, from_raw)


def _twos_complement(number: int, size: int | None) -> bytes:
    if size is None:
        size = 1
        while not -(1 << 8 * size - 1) <= number < 1 << 8 * size - 1:
            size += 1
    return number.to_bytes(size, "big", signed=True)


def _big_decimal_to(value: Decimal) -> bytes:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    number = int("".join(map(str, digits))) * (-1 if sign else 1)
    return write(["bytes", "int"], ("bytes", _twos_complement(number, None)))[1:] + write("int", -exponent)


def _big_decimal_from(raw: bytes) -> Decimal:
    stream = io.BytesIO(raw)
    number = int.from_bytes(_read(stream, "bytes"), "big", signed=True)
    scale = _read(stream, "int")
    return _WIDE.scaleb(Decimal(number), -scale)


_SIMPLE = {
    "date": Way(dt.date, lambda v: (v - _NAIVE.date()).days, lambda raw: _NAIVE.date() + dt.timedelta(raw)),
    "uuid": Way(UUID, str, UUID),
    "duration": Way(
        Duration,
        lambda v: b"".join(part.to_bytes(4, "little") for part in (v.months, v.days, v.millis)),
        lambda raw: Duration(*(int.from_bytes(raw[at : at + 4], "little") for at in (0, 4, 8))),
    ),
    "big-decimal": Way(Decimal, _big_decimal_to, _big_decimal_from),
}


# The branch of a union, by the blueprint


def pick(union: model.Union, value: Any) -> int | None:
    """Return the index of the branch that a value takes.

    Section 4 of the blueprint, and where it leaves a float or an int without a branch, the widest that rounds it:
    an optional float takes 0.1 as a plain one does.
    """
    of_class = [(at, branch) for at, branch in enumerate(union.branches) if _is_of(branch, value)]
    for judge in (_is_exact, _is_floored):
        for at, branch in of_class:
            if judge(branch, value):
                return at
    if type(value) in (int, float):
        floats = [(at, branch.kind) for at, branch in enumerate(union.branches) if branch.kind in ("float", "double")]
        rounded = [(at, kind, _as_float(kind, value)) for at, kind in floats]
        fitting = [(at, kind, number) for at, kind, number in rounded if not math.isinf(number)]
        kept = [at for at, _, number in fitting if number == value]
        wide = [at for at, kind, _ in fitting if kind == "double"]
        return next(iter([*kept, *wide, *(at for at, _, _ in fitting)]), None)
    return None


def _is_of(branch: model.Type, value: Any) -> bool:
    if isinstance(branch, (model.Record, model.Enum)):
        return getattr(type(value), "__avro__", None) == branch.name
    found = way(branch)
    return type(value) is (found.python if found else _KINDS[branch.kind])


def _is_exact(branch: model.Type, value: Any) -> bool:
    if not isinstance(branch, (model.Primitive, model.Fixed)):
        return True
    try:
        raw = leaf_to_raw(branch, value)
        found = way(branch)
        return same(found.from_raw(raw) if found else raw, value)
    except (MisfitError, OverflowError):
        return False


def _is_floored(branch: model.Type, value: Any) -> bool:
    try:
        return isinstance(value, (dt.time, dt.datetime)) and leaf_to_raw(branch, value) is not None
    except (MisfitError, OverflowError):
        return False


def leaf_to_raw(type_: model.Type, value: Any) -> Any:
    """Return what a primitive's or fixed's value is below its logical type; raises MisfitError."""
    found = way(type_)
    raw = found.to_raw(value) if found else value
    bits = _RANGES.get(type_.kind)
    if bits is not None and not -(1 << bits) <= raw < 1 << bits:
        raise MisfitError(f"{raw} is no {type_.kind}")
    if isinstance(type_, model.Fixed) and len(raw) != type_.size:
        raise MisfitError(f"{len(raw)} bytes for {type_.size}")
    return _as_float(type_.kind, raw) if type_.kind in ("float", "double") else raw


def _as_float(kind: str, value: float) -> float:
    try:
        number = float(value)
        return float(struct.unpack("<f", struct.pack("<f", number))[0]) if kind == "float" else number
    except OverflowError:
        return math.inf


# Values for fastavro, and from it

Leaf = Callable[[model.Type, Any], Any]


def to_fastavro(type_: model.Type, value: Any) -> Any:
    """Return what fastavro's writer takes for a value, under the schema without logical types.

    A union's value is a tuple of the branch's name and the value, which makes fastavro take that branch.
    """
    return _plain(type_, value, leaf_to_raw, True)


def to_raw(type_: model.Type, value: Any) -> Any:
    """Return what fastavro's reader gives for a value, under the schema without logical types."""
    return _plain(type_, value, leaf_to_raw, False)


def to_logical(type_: model.Type, value: Any) -> Any:
    """Return what fastavro's reader gives for a value, with the logical types that it knows."""
    return _plain(type_, value, _known_leaf, False)


def _known_leaf(type_: model.Type, value: Any) -> Any:
    raw = leaf_to_raw(type_, value)
    found = way(type_)
    return found.from_raw(raw) if found and fastavro_knows(type_) else raw


def fastavro_knows(type_: model.Type) -> bool:
    """Return whether fastavro converts a leaf's logical type; it lacks nanos, duration and big-decimal."""
    if not isinstance(type_, (model.Primitive, model.Fixed)) or type_.logical is None:
        return False
    name = type_.logical.name
    on_fixed = isinstance(type_, model.Fixed) and name != "decimal"
    return not on_fixed and not name.endswith("nanos") and name not in ("duration", "big-decimal")


def _plain(type_: model.Type, value: Any, leaf: Leaf, tagged: bool) -> Any:
    if isinstance(type_, model.Union):
        at = pick(type_, value)
        assert at is not None, f"{value!r} fits no branch"
        branch = type_.branches[at]
        inner = _plain(branch, value, leaf, tagged)
        return (model.branch_name(branch), inner) if tagged else inner
    if isinstance(type_, model.Record):
        entries = fields_of(value)
        return {field.name: _plain(field.type, entries[field.name], leaf, tagged) for field in type_.fields}
    if isinstance(type_, model.Enum):
        return value.value
    if isinstance(type_, model.Array):
        return [_plain(type_.items, item, leaf, tagged) for item in value]
    if isinstance(type_, model.Map):
        return {key: _plain(type_.values, item, leaf, tagged) for key, item in value.items()}
    return leaf(type_, value)


def fields_of(value: Any) -> dict[str, Any]:
    """Return a record's values by wire name."""
    wire = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
    return {name: getattr(value, attribute) for name, attribute in wire}


def encode(schema: Json, type_: model.Type, value: Any) -> bytes:
    """Return fastavro's bytes of a value; `schema` is the self-contained JSON of `type_`."""
    return write(bare(whole(schema)), to_fastavro(type_, value))


def decode(schema: Json, data: bytes) -> Any:
    """Return fastavro's raw value of bytes, without logical types."""
    return read(bare(whole(schema)), data)


def decode_logical(schema: Json, data: bytes) -> Any:
    """Return fastavro's value of bytes, with the logical types that it knows."""
    return read(bare(whole(schema), logical=True), data)


def write(schema: Json, value: Any) -> bytes:
    """Return fastavro's bytes of its own kind of value."""
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, _parsed(json.dumps(schema)), value)
    return stream.getvalue()


def read(schema: Json, data: bytes) -> Any:
    """Return what fastavro reads; all bytes must be used."""
    return read_as(_parsed(json.dumps(schema)), None, data)


def read_as(writer: Any, reader: Any, data: bytes) -> Any:
    """Return what fastavro reads under another schema, both as it parses them; all bytes must be used."""
    stream = io.BytesIO(data)
    value = fastavro.schemaless_reader(stream, writer, reader)
    assert stream.tell() == len(data), f"fastavro leaves {len(data) - stream.tell()} bytes"
    return value


def _read(stream: io.BytesIO, kind: str) -> Any:
    return fastavro.schemaless_reader(stream, kind, None)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    return parse_schema(json.loads(text))


# Equality


def same(one: Any, other: Any) -> bool:
    """Return whether two values are equal all through, classes included; NaN equals NaN, 0.0 not -0.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        alike = one == other and math.copysign(1, one) == math.copysign(1, other)
        return alike or (math.isnan(one) and math.isnan(other))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(item, other[key]) for key, item in one.items())
    if isinstance(one, msgspec.Struct):
        return all(same(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    if isinstance(one, dt.datetime) and (one.tzinfo is None) != (other.tzinfo is None):
        return False
    return bool(one == other)
