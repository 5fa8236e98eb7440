"""Defaults: JSON in a schema that stands for a value of a type.

Source: Avro specification, "Complex Types / Records", the table of default values. Bytes are strings whose
code points are the bytes. A union's default may be of any branch (1.12); the first that admits it counts.
"""

from __future__ import annotations

from math import inf
from typing import Any

from .logical import conversion
from .problem import kind_of, show
from .schema import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    LONG_MIN,
    MAX_DEPTH,
    NO_DEFAULT,
    Array,
    Enum,
    Field,
    Fixed,
    Json,
    Map,
    Primitive,
    Record,
    Type,
    Union,
)

_FLOAT_MAX = 3.4028235677973366e38
"""The least magnitude that rounds beyond what 32 bits hold."""


def admits(type_: Type, value: Json, depth: int = 0) -> str | None:
    """Return why a type does not admit ``value`` as a default, or None where it does."""
    if depth > MAX_DEPTH:
        return "the default never ends: it contains itself through defaults of inner records"
    if isinstance(type_, (Primitive, Fixed)):
        return _admits_leaf(type_, value)
    if isinstance(type_, Enum):
        if isinstance(value, str) and value in type_.symbols:
            return None
        return f"{show(value)} is not a symbol of {type_.name}"
    if isinstance(type_, Union):
        if branch_of(type_, value, depth) is None:
            return f"{show(value)} fits no branch of its union"
        return None
    if isinstance(type_, Array):
        if not isinstance(value, list):
            return f"{show(value)} is {kind_of(value)}, not an array"
        return next((reason for item in value if (reason := admits(type_.items, item, depth + 1))), None)
    if not isinstance(value, dict):
        what = "a map" if isinstance(type_, Map) else f"a {type_.name}"
        return f"{show(value)} is {kind_of(value)}, not an object for {what}"
    if isinstance(type_, Map):
        return next((reason for item in value.values() if (reason := admits(type_.values, item, depth + 1))), None)
    return _admits_record(type_, value, depth)


def _admits_record(type_: Record, value: dict[str, Json], depth: int) -> str | None:
    for field in type_.fields:
        item = field_default(field, value)
        if item is NO_DEFAULT:
            return f'{show(value)} lacks "{field.name}", which {type_.name} requires'
        reason = admits(field.type, item, depth + 1)
        if reason is not None:
            return reason
    return None


def field_default(field: Field, value: dict[str, Json]) -> Json:
    """Return what a record's default says of one of its fields: its entry, else the field's own default."""
    return value.get(field.name, field.default)


def branch_of(union: Union, value: Json, depth: int = 0) -> Type | None:
    """Return the first branch that admits a default, or None where none does."""
    return next((branch for branch in union.branches if admits(branch, value, depth + 1) is None), None)


def leaf_value(type_: Primitive | Fixed, value: Json) -> Any:
    """Return the Python value of a default of a primitive or fixed type; it must be admitted."""
    raw = _raw(type_, value)
    found = conversion(type_)
    return raw if found is None else found.load(raw)


def _raw(type_: Primitive | Fixed, value: Json) -> Any:
    if isinstance(type_, Fixed) or type_.kind == "bytes":
        return value.encode("latin-1")
    return float(value) if type_.kind in ("float", "double") else value


def _admits_leaf(type_: Primitive | Fixed, value: Json) -> str | None:
    reason = _KINDS[type_.kind](type_, value)
    if reason is not None or type_.logical is None:
        return reason
    try:
        leaf_value(type_, value)
    except ValueError as error:
        return f"{show(value)} is not a {type_.logical.name}: {error}"
    return None


def _is_null(type_: Primitive | Fixed, value: Json) -> str | None:
    return None if value is None else f"{show(value)} is {kind_of(value)}, not null"


def _is_boolean(type_: Primitive | Fixed, value: Json) -> str | None:
    return None if isinstance(value, bool) else f"{show(value)} is {kind_of(value)}, not a boolean"


def _is_integer(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{show(value)} is {_number_word(value)}, not an {type_.kind}".replace("an long", "a long")
    low, high = (INT_MIN, INT_MAX) if type_.kind == "int" else (LONG_MIN, LONG_MAX)
    return None if low <= value <= high else f"{show(value)} does not fit {type_.kind} ({low} to {high})"


def _number_word(value: Json) -> str:
    return "a fraction" if isinstance(value, float) else kind_of(value)


def _is_number(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return f"{show(value)} is {kind_of(value)}, not a {type_.kind}"
    limit = _FLOAT_MAX if type_.kind == "float" else inf
    try:
        too_large = abs(float(value)) >= limit
    except OverflowError:
        too_large = True
    return f"{show(value)} does not fit {type_.kind}" if too_large else None


def _is_string(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, str):
        return f"{show(value)} is {kind_of(value)}, not a string"
    if any("\ud800" <= char <= "\udfff" for char in value):
        return f"{value!a} holds half of a surrogate pair, which UTF-8 cannot"
    return None


def _is_bytes(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, str):
        return f"{show(value)} is {kind_of(value)}, not a string whose characters stand for bytes"
    if any(char > "\xff" for char in value):
        return f"{show(value)} has a character above U+00FF, which stands for no byte"
    if isinstance(type_, Fixed) and len(value) != type_.size:
        return f"{show(value)} has {len(value)} bytes, not the {type_.size} of {type_.name}"
    return None


_KINDS = {
    "null": _is_null,
    "boolean": _is_boolean,
    "int": _is_integer,
    "long": _is_integer,
    "float": _is_number,
    "double": _is_number,
    "string": _is_string,
    "bytes": _is_bytes,
    "fixed": _is_bytes,
}
