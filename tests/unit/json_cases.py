"""Schemas, classes for them and a strict comparison: what the tests of plain JSON share."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

import msgspec

from avow.runtime.parse import parse
from avow.runtime.plain_json import from_json, to_json
from avow.runtime.record import Record, Symbol
from avow.runtime.schema import NO_DEFAULT, Type, branch_name, named_types
from avow.runtime.schema import Enum as EnumType
from avow.runtime.schema import Record as RecordType

AWARE = dt.datetime(2024, 5, 17, 9, 30, tzinfo=dt.UTC)
LOCAL = AWARE.replace(tzinfo=None)
SOME = UUID("123e4567-e89b-12d3-a456-426614174000")

COLOUR = {"type": "enum", "name": "shop.Colour", "symbols": ["RED", "GREEN"]}
CODE = {"type": "fixed", "name": "shop.Code", "size": 2}
SPAN = {"type": "fixed", "name": "shop.Span", "size": 12, "logicalType": "duration"}
CARD = {"type": "record", "name": "shop.Card", "fields": [{"name": "number", "type": "string"}]}
CASH = {"type": "record", "name": "shop.Cash", "fields": [{"name": "number", "type": "string"}]}
LINE = {
    "type": "record",
    "name": "shop.Line",
    "fields": [
        {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}},
        {"name": "class", "type": COLOUR, "default": "GREEN"},
    ],
}
ORDER = {
    "type": "record",
    "name": "shop.Order",
    "fields": [
        {"name": "lines", "type": {"type": "array", "items": LINE}},
        {"name": "paid", "type": ["null", CARD, CASH], "default": None},
        {"name": "notes", "type": {"type": "map", "values": "int"}, "default": {}},
    ],
}
NODE = {
    "type": "record",
    "name": "shop.Node",
    "fields": [{"name": "next", "type": ["null", "shop.Node"]}],
}


def logical(base: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": base, "logicalType": name, **more}


DECIMAL = logical("bytes", "decimal", precision=6, scale=2)


def classes_of(type_: Type) -> Callable[[str], Any]:
    """Build the classes as the generator would: required fields first, names respelled."""
    found: dict[str, Any] = {}
    for name, node in named_types(type_).items():
        short = name.rpartition(".")[2]
        if isinstance(node, RecordType):
            fields = sorted(node.fields, key=lambda field: field.default is not NO_DEFAULT)
            rename = {f"{field.name}_": field.name for field in fields}
            rows = [(attribute, Any) for attribute in rename]
            found[name] = msgspec.defstruct(short, rows, bases=(Record,), rename=rename, frozen=True)
        elif isinstance(node, EnumType):
            found[name] = cast(Any, Symbol)(short, {symbol: symbol for symbol in node.symbols})
    return found.__getitem__


def write(schema: Any, make: Any) -> str:
    """Return the JSON of a value, or of what a function makes with the schema's classes."""
    type_ = parse(schema)
    classes = classes_of(type_)
    return to_json(type_, make(classes) if callable(make) else make, branch_name(type_), classes)


def read(schema: Any, text: str | bytes) -> Any:
    type_ = parse(schema)
    return from_json(type_, text, branch_name(type_), classes_of(type_))


def same(found: Any, wanted: Any) -> bool:
    """Return whether two values are equal and of equal classes, down to their parts; NaN equals itself."""
    if type(found) is not type(wanted):
        return False
    if isinstance(found, float):
        return (math.isnan(found) and math.isnan(wanted)) or (
            found == wanted and math.copysign(1, found) == math.copysign(1, wanted)
        )
    if isinstance(found, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return bool(found == wanted)
