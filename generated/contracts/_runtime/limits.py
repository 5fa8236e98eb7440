"""What bounds the cost of reading hostile bytes: the same limits in generated code and in the interpreter."""

from __future__ import annotations

from typing import Final

from .schema import Fixed, Primitive, Record, Type

MAX_NESTING: Final = 128
"""How many records may be nested in one another in a value, when written and when read."""

MAX_EMPTY_ITEMS: Final = 65_536
"""Array items of no width (nulls, records without fields) in one message: no byte of it pays for them."""

MAX_EMPTY_VALUES: Final = 250_000
"""Values of no width that the interpreter reads in one message, wherever they stand."""


def is_empty(type_: Type) -> bool:
    """Return whether values of a type take no bytes at all, so that any number of them fits anywhere."""
    return _empty(type_, {})


def _empty(type_: Type, known: dict[str, bool]) -> bool:
    if isinstance(type_, Record):
        if type_.name not in known:
            known[type_.name] = True  # while open; a record inside itself adds no width of its own
            known[type_.name] = all(_empty(field.type, known) for field in type_.fields)
        return known[type_.name]
    if isinstance(type_, Fixed):
        return type_.size == 0
    return isinstance(type_, Primitive) and type_.kind == "null"
