"""Values without parts in plain JSON: for each type the way out and, beside it, the way in.

The way out raises ValueError and the way in Fault, for what the type cannot hold.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable
from decimal import Decimal
from operator import index
from typing import Any, Final, TypeAlias
from uuid import UUID

from .choose import fits_float
from .defaults import admits
from .fault import Fault
from .logical import MAX_DECIMAL_BYTES, Conversion, conversion
from .problem import kind_of, show
from .schema import INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, Fixed, Json, Primitive

Way: TypeAlias = Callable[[Any], Any]

MAX_DECIMAL_TEXT: Final = 3 * MAX_DECIMAL_BYTES
"""Characters in the longest decimal: more than the longest number needs, and conversion is quadratic."""
MAX_PLAIN_SCALE: Final = 64
"""The greatest scale at which a small decimal is written out, as 0.00001, and not as 1E-5."""
NOT_FINITE: Final = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

_DATE: Final = r"\d{4}-\d\d-\d\d"
_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d(?::\d\d)?)?"


def dump_leaf(type_: Primitive | Fixed) -> Way:
    """Return the function that turns a value of the type's class into plain JSON."""
    found = conversion(type_)
    if type_.logical is not None and found is not None and not type_.logical.name.endswith("-nanos"):
        return _dump_logical(type_.logical.name, type_.logical.scale, found)
    if isinstance(type_, Fixed):
        return lambda value: _base64_of(_sized(value, type_.size))
    if type_.kind in ("int", "long"):
        return _dump_integer(*_range(type_.kind))
    if type_.kind in ("float", "double"):
        return lambda value: _dump_number(type_.kind, value)
    return _DUMPS[type_.kind]


def load_leaf(type_: Primitive | Fixed) -> Way:
    """Return the function that turns plain JSON into a value of the type's class."""
    found = conversion(type_)
    if type_.logical is not None and found is not None and not type_.logical.name.endswith("-nanos"):
        return _load_logical(type_.logical.name, found)
    if isinstance(type_, Fixed):
        return _load_fixed(type_)
    if type_.kind in ("int", "long"):
        return _load_integer(type_.kind, *_range(type_.kind))
    if type_.kind in ("float", "double"):
        return lambda raw: _load_number(type_.kind, raw)
    return _LOADS[type_.kind]


def _range(kind: str) -> tuple[int, int]:
    return (INT_MIN, INT_MAX) if kind == "int" else (LONG_MIN, LONG_MAX)


def _dump_integer(low: int, high: int) -> Way:
    def dump(value: int) -> int:
        if not low <= value <= high:
            raise ValueError("an integer out of range")
        return value if type(value) is int else int.__int__(value)

    return dump


def _load_integer(kind: str, low: int, high: int) -> Way:
    plain = Primitive(kind)

    def load(raw: Json) -> int:
        if type(raw) is int and low <= raw <= high:
            return raw
        too_long = type(raw) is float and math.isinf(raw)
        raise Fault(f"the number does not fit {kind}" if too_long else str(admits(plain, raw)))

    return load


def _dump_number(kind: str, value: float) -> float | str:
    if not fits_float(kind, value):
        raise ValueError("a number out of range")
    if isinstance(value, int):
        return float(value)
    if not math.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return value if type(value) is float else float.__float__(value)


def _load_number(kind: str, raw: Json) -> float:
    if type(raw) is str:
        if raw in NOT_FINITE:
            return NOT_FINITE[raw]
        raise Fault(f'{show(raw)} is a string, not a {kind}; only "NaN", "Infinity" and "-Infinity" stand so')
    if type(raw) is not int and type(raw) is not float:
        raise Fault(f"{show(raw)} is {kind_of(raw)}, not a {kind}")
    if type(raw) is float and math.isinf(raw):
        raise Fault(f"the number does not fit {kind}")
    if not fits_float(kind, raw):
        raise Fault(f"{show(raw)} does not fit {kind}")
    return float(raw)


def _load_null(raw: Json) -> None:
    if raw is not None:
        raise Fault(f"{show(raw)} is {kind_of(raw)}, not null")


def _load_boolean(raw: Json) -> bool:
    if type(raw) is not bool:
        raise Fault(f"{show(raw)} is {kind_of(raw)}, not a boolean")
    return raw


def load_string(raw: Json) -> str:
    """Return a string that UTF-8 can hold."""
    if type(raw) is not str:
        raise Fault(f"{show(raw)} is {kind_of(raw)}, not a string")
    try:
        if not raw.isascii():
            raw.encode()
    except UnicodeEncodeError as error:
        raise Fault(f"character {error.start} is half of a surrogate pair, which UTF-8 cannot hold") from None
    return raw


def _base64_of(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode()


def _sized(value: bytes, size: int) -> bytes:
    if len(value) != size:
        raise ValueError("bytes of another length")
    return value


def _load_bytes(raw: Json) -> bytes:
    if type(raw) is not str:
        raise Fault(f"{show(raw)} is {kind_of(raw)}, not a string of base64")
    try:
        found = a2b_base64(raw)
    except ValueError:
        found = None
    if found is None or _base64_of(found) != raw:  # decoders skip what is not base64; this tells
        raise Fault(f"{show(raw)} is not base64, padded and without blanks")
    return found


def _load_fixed(type_: Fixed) -> Way:
    def load(raw: Json) -> bytes:
        found = _load_bytes(raw)
        if len(found) != type_.size:
            raise Fault(f"{type_.name} has {type_.size} bytes, got {len(found)}")
        return found

    return load


_DUMPS: Final[dict[str, Way]] = {
    "null": lambda value: None,
    "boolean": lambda value: value,
    "string": lambda value: value if type(value) is str else str.__str__(value),
    "bytes": _base64_of,
}
_LOADS: Final[dict[str, Way]] = {
    "null": _load_null,
    "boolean": _load_boolean,
    "string": load_string,
    "bytes": _load_bytes,
}


def _dump_logical(name: str, scale: int, found: Conversion) -> Way:
    if name in ("decimal", "big-decimal"):
        spelling = "f" if name == "decimal" and scale <= MAX_PLAIN_SCALE else ""
        return lambda value: format(found.load(found.dump(value)), spelling)
    write = _WRITE[_family(name)]

    def dump(value: Any) -> Any:
        found.dump(value)  # for its checks
        return write(value)

    return dump


def _load_logical(name: str, found: Conversion) -> Way:
    what, pattern, read = _READ[_family(name)]
    matches = re.compile(pattern, re.ASCII).fullmatch

    def load(raw: Json) -> Any:
        if type(raw) is not str:
            raise Fault(f"{show(raw)} is {kind_of(raw)}, not {what}")
        try:
            value = read(raw) if matches(raw) else None
        except (ValueError, ArithmeticError):
            value = None
        if value is None:
            raise Fault(f"{show(raw)} is not {what}")
        try:
            found.dump(value)
        except ValueError as error:
            raise Fault(str(error)) from None
        return _utc(value) if name.startswith("timestamp") else value

    return load


def _family(name: str) -> str:
    return name.removesuffix("-millis").removesuffix("-micros")


def _utc(value: dt.datetime) -> dt.datetime:
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise Fault(f"{value} lies outside the years 1 to 9999 in UTC") from None


def _utc_text(value: dt.datetime) -> str:
    try:
        moment = dt.datetime.astimezone(value, dt.UTC)
    except OverflowError:
        raise ValueError(f"{value} lies outside the years 1 to 9999 in UTC") from None
    return dt.datetime.isoformat(moment.replace(tzinfo=None)) + "Z"


def _decimal(text: str) -> Decimal:
    """Raise Fault where the text is too long, and ValueError or ArithmeticError where it is no decimal."""
    if len(text) > MAX_DECIMAL_TEXT:
        raise Fault(f"a decimal of {len(text)} characters; at most {MAX_DECIMAL_TEXT} are read")
    return Decimal(text)


# The classes' own functions, since a subclass may print itself otherwise.
_WRITE: Final[dict[str, Way]] = {
    "uuid": UUID.__str__,
    "date": dt.date.isoformat,
    "time": dt.time.isoformat,
    "timestamp": _utc_text,
    "local-timestamp": dt.datetime.isoformat,
    "duration": lambda value: {name: index(getattr(value, name)) for name in ("months", "days", "millis")},
}
_READ: Final[dict[str, tuple[str, str, Way]]] = {
    "decimal": ('a decimal such as "12.34"', r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", _decimal),
    "big-decimal": ('a decimal such as "12.34"', r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", _decimal),
    "uuid": (
        'a UUID such as "123e4567-e89b-12d3-a456-426614174000"',
        r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        UUID,
    ),
    "date": ('a date such as "2024-05-17"', _DATE, dt.date.fromisoformat),
    "time": ('a time of day such as "09:30:00"', _TIME, dt.time.fromisoformat),
    "timestamp": (
        'a timestamp such as "2024-05-17T09:30:00Z"',
        f"{_DATE}[T ]{_TIME}",
        dt.datetime.fromisoformat,
    ),
    "local-timestamp": (
        'a local timestamp such as "2024-05-17T09:30:00"',
        f"{_DATE}[T ]{_TIME}",
        dt.datetime.fromisoformat,
    ),
}
