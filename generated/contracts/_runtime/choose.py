"""Which branch of a union a Python value takes.

The first branch of the value's exact class in which it decodes back equal; where there is none, the first
that only floors a time or rounds a float; then, for an int, a float or a double. So a datetime is no date, a
bool no int, 2**40 no int, and 0.1 goes to a double rather than a float.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID

from .float32 import FLOAT, float32
from .logical import conversion
from .record import Duration
from .schema import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    LONG_MIN,
    Array,
    Enum,
    Fixed,
    Map,
    Primitive,
    Record,
    Type,
    Union,
)

Classes: TypeAlias = Callable[[str], Any]
"""Gives the Python class of a record or enum by full name."""

_PRIMITIVE: Final[dict[str, type]] = {
    "null": type(None),
    "boolean": bool,
    "int": int,
    "long": int,
    "float": float,
    "double": float,
    "bytes": bytes,
    "string": str,
}
_VALUES: Final = frozenset({*_PRIMITIVE.values(), list, dict, Decimal, UUID, Duration, dt.date, dt.time, dt.datetime})
_THOUSANDTHS: Final = frozenset({"time-millis", "timestamp-millis", "local-timestamp-millis"})


def class_of(type_: Type, classes: Classes) -> Any:
    """Return the exact Python class of a type's values; a union has none of its own."""
    if isinstance(type_, (Primitive, Fixed)):
        found = conversion(type_)
        if found is not None:
            return found.python
        return bytes if isinstance(type_, Fixed) else _PRIMITIVE[type_.kind]
    if isinstance(type_, (Record, Enum)):
        return classes(type_.name)
    return list if isinstance(type_, Array) else dict if isinstance(type_, Map) else None


def value_class(value: Any) -> type:
    """Return the class that counts for a value: its own, or the nearest base that a type could have."""
    own = type(value)
    if own in _VALUES:
        return own
    return next((base for base in own.__mro__ if base in _VALUES), own)


def choose(union: Union, value: Any, classes: Classes) -> int | None:
    """Return the index of the branch that ``value`` takes, or None where it fits none."""
    wanted = value_class(value)
    same = [(index, branch) for index, branch in enumerate(union.branches) if class_of(branch, classes) is wanted]
    for index, branch in same:
        if is_exact(branch, value):
            return index
    for index, branch in same:
        if _is_floored(branch, value) or _is_rounded(branch, value):
            return index
    return _choose_float(union, value) if wanted is int else None


def _choose_float(union: Union, value: int) -> int | None:
    """The branch for an int that no integer type takes: the first float or double that keeps it, else the wider."""
    found = [(index, branch.kind) for index, branch in enumerate(union.branches) if _is_rounded(branch, value)]
    for index, kind in found:
        if _FLOATS[kind](value) == value:
            return index
    return max(found, key=lambda row: row[1] == "double", default=(None, ""))[0]


def is_exact(type_: Type, value: Any) -> bool:
    """Return whether a value of a type's class decodes back equal."""
    if not isinstance(type_, (Primitive, Fixed)):
        return True
    found = conversion(type_)
    if found is not None:
        return not _loses_micros(type_, value) and _dumps(found.dump, value)
    if isinstance(type_, Fixed):
        return len(value) == type_.size
    if type_.kind in ("int", "long"):
        low, high = (INT_MIN, INT_MAX) if type_.kind == "int" else (LONG_MIN, LONG_MAX)
        return bool(low <= value <= high)
    return type_.kind != "float" or (fits_float("float", value) and (value != value or float32(value) == value))


def fits_float(kind: str, value: float) -> bool:
    """Return whether a number is within the range of float or double."""
    try:
        number = float(value)
        if kind == "float":
            FLOAT.pack(number)
    except OverflowError:
        return False
    return True


_FLOATS: Final[dict[str, Callable[[float], float]]] = {"float": float32, "double": float}


def _is_rounded(type_: Type, value: float) -> bool:
    return isinstance(type_, Primitive) and type_.kind in _FLOATS and fits_float(type_.kind, value)


def _loses_micros(type_: Primitive | Fixed, value: Any) -> bool:
    logical = type_.logical
    return logical is not None and logical.name in _THOUSANDTHS and value.microsecond % 1000 != 0


def _is_floored(type_: Type, value: Any) -> bool:
    if not isinstance(type_, Primitive) or type_.logical is None or type_.logical.name not in _THOUSANDTHS:
        return False
    found = conversion(type_)
    return found is not None and _dumps(found.dump, value)


def _dumps(dump: Callable[[Any], Any], value: Any) -> bool:
    try:
        dump(value)
    except ValueError:
        return False
    return True
