"""Defaults: JSON in a schema that stands for a value of a type.

Source: Avro specification, "Complex Types / Records", the table of default values. Bytes are strings whose
code points are the bytes. A union's default may be of any branch (1.12); the first that admits it counts.
A record in a default may leave out fields that have defaults themselves.
"""

from __future__ import annotations

from math import inf
from typing import Any, Final

from msgspec import Struct

from .float32 import float32
from .logical import conversion
from .problem import show, unlike
from .schema import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    LONG_MIN,
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

MAX_VALUES: Final = 10_000
"""Values in one default, those counted that come from defaults of inner records."""

_FLOAT_MAX = 3.4028235677973366e38
"""The least magnitude that rounds beyond what 32 bits hold."""


class Default(Struct, frozen=True):
    """A default with every choice made: ``type`` is no union, and records have all their fields.

    ``value`` is JSON for a primitive, fixed or enum; else inner defaults, by name or in order.
    """

    type: Primitive | Fixed | Enum | Array | Map | Record
    value: Json


class NotAdmittedError(ValueError):
    """A type does not admit a default; the text says why."""


class _EndlessError(Exception):
    """A default is too large, whichever branches its unions take."""


def resolve_default(type_: Type, value: Json) -> Default:
    """Return what a default means. Raises NotAdmittedError where its type does not admit it."""
    try:
        return _Reading().read(type_, value)
    except (_EndlessError, RecursionError):
        raise NotAdmittedError(
            f"{show(value)} stands for more than {MAX_VALUES} values, or for endlessly many"
        ) from None


def admits(type_: Type, value: Json) -> str | None:
    """Return why a type does not admit ``value`` as a default, or None where it does."""
    try:
        resolve_default(type_, value)
    except NotAdmittedError as error:
        return str(error)
    return None


class _Reading:
    """Reads one default; ``_open`` are the fields whose own defaults are being read, ``_left`` counts down."""

    def __init__(self) -> None:
        self._open: set[Field] = set()
        self._left = MAX_VALUES

    def read(self, type_: Type, value: Json) -> Default:
        self._left -= 1
        if self._left < 0:
            raise _EndlessError
        if isinstance(type_, Union):
            return self._union(type_, value)
        if isinstance(type_, Array):
            return self._array(type_, value)
        if isinstance(type_, (Map, Record)):
            return self._object(type_, value)
        if isinstance(type_, Enum):
            if not isinstance(value, str) or value not in type_.symbols:
                raise NotAdmittedError(f"{show(value)} is not a symbol of {type_.name}")
        elif (reason := _admits_leaf(type_, value)) is not None:
            raise NotAdmittedError(reason)
        return Default(type_, value)

    def _union(self, union: Union, value: Json) -> Default:
        for branch in union.branches:
            try:
                return self.read(branch, value)
            except NotAdmittedError:
                continue
        raise NotAdmittedError(f"{show(value)} fits no branch of its union")

    def _array(self, array: Array, value: Json) -> Default:
        if not isinstance(value, list):
            raise NotAdmittedError(unlike(value, "an array"))
        return Default(array, [self.read(array.items, item) for item in value])

    def _object(self, type_: Map | Record, value: Json) -> Default:
        if not isinstance(value, dict):
            what = "a map" if isinstance(type_, Map) else f"a {type_.name}"
            raise NotAdmittedError(unlike(value, f"an object for {what}"))
        if isinstance(type_, Map):
            return Default(type_, {key: self.read(type_.values, item) for key, item in value.items()})
        return Default(type_, {field.name: self._field(type_, field, value) for field in type_.fields})

    def _field(self, record: Record, field: Field, value: dict[str, Json]) -> Default:
        if field.name in value:
            return self.read(field.type, value[field.name])
        if field.default is NO_DEFAULT:
            raise NotAdmittedError(f'{show(value)} lacks "{field.name}", which {record.name} requires')
        if field in self._open:
            raise NotAdmittedError(f'it contains itself without end, through the default of "{field.name}"')
        self._open.add(field)
        try:
            return self.read(field.type, field.default)
        finally:
            self._open.discard(field)


def leaf_value(type_: Primitive | Fixed, value: Json) -> Any:
    """Return the Python value of a default of a primitive or fixed type; it must be admitted."""
    raw = _raw(type_, value)
    found = conversion(type_)
    return raw if found is None else found.load(raw)


def _raw(type_: Primitive | Fixed, value: Json) -> Any:
    if isinstance(type_, Fixed) or type_.kind == "bytes":
        return value.encode("latin-1")
    if type_.kind == "float":  # as it is once it has been written
        return float32(value)
    return float(value) if type_.kind == "double" else value


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
    return None if value is None else unlike(value, "null")


def _is_boolean(type_: Primitive | Fixed, value: Json) -> str | None:
    return None if isinstance(value, bool) else unlike(value, "a boolean")


def _is_integer(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool):
        wanted = "an int" if type_.kind == "int" else "a long"
        return f"{show(value)} is a fraction, not {wanted}" if isinstance(value, float) else unlike(value, wanted)
    low, high = (INT_MIN, INT_MAX) if type_.kind == "int" else (LONG_MIN, LONG_MAX)
    return None if low <= value <= high else f"{show(value)} does not fit {type_.kind} ({low} to {high})"


def _is_number(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return unlike(value, f"a {type_.kind}")
    limit = _FLOAT_MAX if type_.kind == "float" else inf
    try:
        too_large = abs(float(value)) >= limit
    except OverflowError:
        too_large = True
    return f"{show(value)} does not fit {type_.kind}" if too_large else None


def _is_string(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, str):
        return unlike(value, "a string")
    if any("\ud800" <= char <= "\udfff" for char in value):
        return f"{value!a} holds half of a surrogate pair, which UTF-8 cannot"
    return None


def _is_bytes(type_: Primitive | Fixed, value: Json) -> str | None:
    if not isinstance(value, str):
        return unlike(value, "a string whose characters stand for bytes")
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
