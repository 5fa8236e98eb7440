"""A raw Avro datum as a tree: what a writer may write, with its binary and its JSON encoding.

Raw means below logical types: a timestamp is its long. Source: Avro specification, "Binary Encoding" and "JSON
Encoding".
"""

from __future__ import annotations

import json
from typing import Final, TypeAlias

from msgspec import Struct

from avow.compat.incompatibility import Hop
from avow.runtime.cursor import DOUBLE
from avow.runtime.float32 import FLOAT
from avow.runtime.schema import Array, Enum, Field, Fixed, Json, Map, Primitive, Record, Type, Union, branch_name
from avow.runtime.varint import EVEN, write_long

Leaf: TypeAlias = bool | int | float | bytes | str | None

KEY: Final = "k"
"""The key of a map's only entry."""
_KEY: Final = b"\x02k"
_END: Final = b"\x00"
_ONE: Final = b"\x02"


class Datum(Struct, eq=False, frozen=True):
    """One value of ``type``.

    ``leaf`` is the raw value of a primitive or fixed, the symbol of an enum. ``parts`` are the values of a
    record's fields in order, the value of a union's branch, the item or entry of a container that has one.
    """

    type: Type
    leaf: Leaf = None
    parts: tuple[Datum, ...] = ()
    branch: int = 0
    size: int = 1
    """About how many bytes and values it has: equal parts are shared, and each use of one counts."""
    height: int = 0
    """How many records are nested in one another."""


def leaf(type_: Type, value: Leaf) -> Datum:
    """Return a value of a primitive, fixed or enum."""
    return Datum(type_, value, size=1 + (len(value) if isinstance(value, (bytes, str)) else 1))


def compound(type_: Type, parts: tuple[Datum, ...], branch: int = 0) -> Datum:
    """Return a value of a record, union, array or map, with these parts."""
    size = height = 0
    for part in parts:
        size += part.size
        height = max(height, part.height)
    return Datum(type_, None, parts, branch, size + 2, height + isinstance(type_, Record))


def binary(datum: Datum) -> bytes:
    """Return the Avro binary encoding; its time and space go with ``datum.size``."""
    pieces: list[bytes] = []
    _write(datum, pieces)
    return b"".join(pieces)


def _write(datum: Datum, pieces: list[bytes]) -> None:
    type_ = datum.type
    if isinstance(type_, (Array, Map)):
        if datum.parts:
            pieces.append(_ONE if isinstance(type_, Array) else _ONE + _KEY)
            _write(datum.parts[0], pieces)
        pieces.append(_END)
    elif isinstance(type_, (Record, Union)):
        if isinstance(type_, Union):
            pieces.append(_index(datum.branch))
        for part in datum.parts:
            _write(part, pieces)
    else:
        pieces.append(_leaf_bytes(type_, datum.leaf))


def _index(value: int) -> bytes:
    return EVEN[value] if value < len(EVEN) else write_long(value)


def _leaf_bytes(type_: Primitive | Fixed | Enum, value: Leaf) -> bytes:
    if isinstance(type_, Enum):
        assert isinstance(value, str)
        return _index(type_.symbols.index(value))
    if isinstance(value, (bytes, str)):
        raw = value.encode() if isinstance(value, str) else value
        return raw if isinstance(type_, Fixed) else write_long(len(raw)) + raw
    if isinstance(value, bool):
        return b"\x01" if value else b"\x00"
    if isinstance(value, float):
        return (FLOAT if type_.kind == "float" else DOUBLE).pack(value)
    return b"" if value is None else write_long(value)


def part_at(datum: Datum, trail: tuple[Hop, ...]) -> Datum:
    """Return the part of a datum that a trail leads to; each container on it has its item or entry."""
    for hop in trail:
        at = datum.type.fields.index(hop) if isinstance(datum.type, Record) and isinstance(hop, Field) else 0
        datum = datum.parts[at]
    return datum


def text(datum: Datum) -> str:
    """Return the Avro JSON encoding, on one line and in ASCII."""
    return json.dumps(_json(datum))


def _json(datum: Datum) -> Json:
    type_ = datum.type
    if isinstance(type_, Record):
        return {field.name: _json(part) for field, part in zip(type_.fields, datum.parts, strict=True)}
    if isinstance(type_, Union):
        branch = type_.branches[datum.branch]
        value = _json(datum.parts[0])
        return None if branch.kind == "null" else {branch_name(branch): value}
    if isinstance(type_, Array):
        return [_json(part) for part in datum.parts]
    if isinstance(type_, Map):
        return {KEY: _json(datum.parts[0])} if datum.parts else {}
    return datum.leaf.decode("latin-1") if isinstance(datum.leaf, bytes) else datum.leaf
