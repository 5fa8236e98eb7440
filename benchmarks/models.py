"""The same event as classes of every library: classes from a schema, objects from data, and a comparison."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import GenericAlias
from typing import Any, Optional, Union
from uuid import UUID

from benchmarks.shapes import NAMESPACE, Json

Classes = dict[str, Any]
LOGICAL = {"uuid": UUID, "timestamp-micros": datetime, "decimal": Decimal}
PRIMITIVE = {"int": int, "long": int, "double": float, "boolean": bool, "string": str}


@dataclass(frozen=True)
class Maker:
    """How a library declares a record, and the types that it spells in its own way.

    `record` takes the name, the fields as (name, type, optional) and gives the class; `types` holds what to
    annotate for a primitive or logical type where that is not Python's plain type.
    """

    record: Callable[[str, list[tuple[str, Any, bool]]], Any]
    types: dict[str, Any]


def classes(schema: Json, maker: Maker) -> Classes:
    """Short name -> class, for every record and enum of the schema."""
    made: Classes = {}
    _annotation(schema, maker, made)
    return made


def _annotation(schema: Json, maker: Maker, made: Classes) -> Any:
    if isinstance(schema, list):
        return _union(schema, maker, made)
    if isinstance(schema, str):
        return maker.types.get(schema, PRIMITIVE[schema])
    if "logicalType" in schema:
        return maker.types.get(schema["logicalType"], LOGICAL[schema["logicalType"]])
    if schema["type"] == "array":
        return GenericAlias(list, (_annotation(schema["items"], maker, made),))
    made[schema["name"]] = _named(schema, maker, made)
    return made[schema["name"]]


def _union(branches: list[Json], maker: Maker, made: Classes) -> Any:
    if branches[0] == "null":
        return Optional[_annotation(branches[1], maker, made)]  # noqa: UP045 - the type is only known here
    return Union[tuple(_annotation(branch, maker, made) for branch in branches)]  # noqa: UP007


def _named(schema: Json, maker: Maker, made: Classes) -> Any:
    if schema["type"] == "enum":
        return enum.Enum(schema["name"], {symbol: symbol for symbol in schema["symbols"]})
    fields = [(f["name"], _annotation(f["type"], maker, made), "default" in f) for f in schema["fields"]]
    return maker.record(schema["name"], fields)


def build(schema: Json, of: Classes, datum: Any) -> Any:
    """The datum (in fastavro's form) as an object of these classes."""
    if isinstance(schema, list):
        if isinstance(datum, tuple):
            return build(branch(schema, datum[0]), of, datum[1])
        return datum
    kind = schema if isinstance(schema, str) else schema["type"]
    if kind == "record":
        values = {f["name"]: build(f["type"], of, datum[f["name"]]) for f in schema["fields"]}
        return of[schema["name"]](**values)
    if kind == "array":
        return [build(schema["items"], of, item) for item in datum]
    return of[schema["name"]][datum] if kind == "enum" else datum


def branch(union: list[Json], full_name: str) -> Json:
    """The union's record of this full name."""
    return next(each for each in union if f"{NAMESPACE}.{each['name']}" == full_name)


def same(schema: Json, expected: Any, found: Any) -> bool:
    """Is what a peer decoded (dicts, or objects of whatever class) the value that was written?"""
    try:
        return _same(schema, expected, found)
    except (AttributeError, KeyError, TypeError, ValueError):  # it has not even the shape
        return False


def _same(schema: Json, expected: Any, found: Any) -> bool:
    if isinstance(schema, list):
        if isinstance(expected, tuple):
            return _same(branch(schema, expected[0]), expected[1], found)
        return bool(expected == found)
    kind = schema if isinstance(schema, str) else schema["type"]
    if kind == "record":
        return all(_same(f["type"], expected[f["name"]], _member(found, f["name"])) for f in schema["fields"])
    if kind == "array":
        pairs = zip(expected, found, strict=True)
        return all(_same(schema["items"], one, other) for one, other in pairs)
    value = found.value if isinstance(found, enum.Enum) else found
    return type(value) is type(expected) and bool(value == expected)


def _member(record: Any, name: str) -> Any:
    return record[name] if isinstance(record, dict) else getattr(record, name)
