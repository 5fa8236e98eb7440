"""Plain JSON of a value, for logs and fixtures: what a person would write, and it reads back as that value.

Records are objects under wire names in the schema's order, enums their symbols, bytes and fixed base64,
decimals and UUIDs strings, dates and times ISO 8601 (timestamps in UTC with a Z, local ones without), counts
of nanoseconds numbers, durations objects of months, days and millis; NaN and the infinities are strings.

In a union whose branches JSON could mix up, a record carries its full name as ``$type`` and any other branch
stands in an object under its name; in other unions a value stands as it is. This is not the JSON encoding of
the Avro specification, which wraps the values of every union and has bytes as strings of Latin-1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec

from .choose import Classes
from .errors import DecodeError, EncodeError
from .fault import Fault
from .json_dump import Dumpers
from .json_load import Loaders
from .json_text import parse_json
from .schema import Type
from .write import encode

Dumper: TypeAlias = Callable[[Any, str], str]
"""Takes a value and its type's name for messages."""
Loader: TypeAlias = Callable[["str | bytes", str], Any]
"""Takes JSON text and the type's name for messages."""

_TOO_DEEP: Final = "the value is nested too deeply for the stack that is left"


def to_json(type_: Type, value: Any, name: str, classes: Classes) -> str:
    """Return plain JSON for a value; ``name`` is its type's, for messages.

    Raises EncodeError, with path, for each value that the binary encoder refuses, and for a timestamp whose
    UTC lies outside the years 1 to 9999.
    """
    return dumper(type_, classes)(value, name)


def from_json(type_: Type, text: str | bytes, name: str, classes: Classes) -> Any:
    """Return the value that plain JSON stands for; missing fields take their defaults.

    ``name`` is the type's, for messages. Raises DecodeError, with path, for all that is no value of the type.
    """
    return loader(type_, classes)(text, name)


def dumper(type_: Type, classes: Classes) -> Dumper:
    """Return ``to_json`` for one type; keep it, since compiling costs more than a use."""
    plain = Dumpers(classes).of(type_)

    def dump(value: Any, name: str) -> str:
        try:
            return msgspec.json.encode(plain(value, 0)).decode()
        except RecursionError:
            reason = _TOO_DEEP
        except ValueError as error:
            reason = str(error)
        encode(type_, value, name, classes)  # refuses the same values, and says where
        raise EncodeError(name, "", reason)

    return dump


def loader(type_: Type, classes: Classes) -> Loader:
    """Return ``from_json`` for one type; keep it, since compiling costs more than a use."""
    value_of = Loaders(classes).of(type_)

    def load(text: str | bytes, name: str) -> Any:
        try:
            return value_of(parse_json(text), 0)
        except Fault as fault:
            raise DecodeError(name, _shown(fault.path), fault.offset, _shown(fault.reason)) from None
        except RecursionError:
            raise DecodeError(name, "", None, _TOO_DEEP) from None

    return load


def _shown(text: str) -> str:
    """Text that any file or terminal takes: what was refused may hold halves of surrogate pairs."""
    return text.encode("utf-8", "backslashreplace").decode()
