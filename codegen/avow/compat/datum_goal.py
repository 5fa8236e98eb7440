"""What a datum must hold at the offending place to show each kind of incompatibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from avow.compat.datum import Datum, Leaf, leaf
from avow.compat.datum_smallest import Way, unreadable_symbol, zero
from avow.compat.incompatibility import Incompatibility
from avow.runtime.logical import MAX_DECIMAL_BYTES, bytes_of
from avow.runtime.resolution import LeafPlan
from avow.runtime.schema import Enum, Fixed, Primitive, Type

_ROUNDED_BY_FLOAT: Final = 2**24 + 1
_ROUNDED_BY_DOUBLE: Final = 2**53 + 1
_MAX_DIGITS: Final = 2 * MAX_DECIMAL_BYTES
"""Digits of the largest decimal that is written; a wider precision is shown with any value."""

Goal = Callable[[Incompatibility, Type, Way], Iterator[Leaf]]


def goals(found: Incompatibility, type_: Type, way: Way) -> Iterator[Datum | None]:
    """Yield what may show an incompatibility at its place, simplest first; None stands for the smallest datum.

    ``type_`` is the writer's type at the place, ``way`` how the reader goes on there.
    """
    goal = _symbol if isinstance(type_, Enum) else _GOALS.get(found.rule)
    if goal is not None and isinstance(type_, (Primitive, Fixed, Enum)):
        for value in goal(found, type_, way):
            yield leaf(type_, value)
    yield None


def _symbol(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    if isinstance(type_, Enum):
        wanted = found.subject if found.subject in type_.symbols else unreadable_symbol(type_, way)
        if wanted is not None:
            yield wanted


def _rounded(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    reader = way.reader if isinstance(way, LeafPlan) else found.reader.type
    if type_.kind in ("int", "long"):
        yield _ROUNDED_BY_FLOAT if type_.kind == "int" or reader.kind == "float" else _ROUNDED_BY_DOUBLE


def _not_utf8(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    if isinstance(type_, Primitive) and type_.kind == "bytes":
        big = type_.logical is not None and type_.logical.name == "big-decimal"
        yield b"\x02\xff\x00" if big else b"\xff"


def _one(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    """One unit: zero is the same in every unit."""
    if type_.kind in ("int", "long"):
        yield 1
    elif isinstance(type_, (Primitive, Fixed)):
        yield zero(type_)


def _hundredth(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    """The least that a decimal can differ by: with another scale it is another number."""
    if isinstance(type_, (Primitive, Fixed)):
        is_big = type_.logical is not None and type_.logical.name == "big-decimal"
        yield b"\x02\x01\x00" if is_big else _decimal(type_, 1)  # a big-decimal carries its scale: 1, without digits


def _too_wide(found: Incompatibility, type_: Type, way: Way) -> Iterator[Leaf]:
    """The least number with one digit more than the reader takes."""
    reader = found.reader.type
    if isinstance(reader, (Primitive, Fixed)) and isinstance(type_, (Primitive, Fixed)) and reader.logical:
        digits = reader.logical.precision
        yield _decimal(type_, 10**digits if digits < _MAX_DIGITS else 1)


def _decimal(type_: Primitive | Fixed, unscaled: int) -> bytes:
    return unscaled.to_bytes(type_.size, "big") if isinstance(type_, Fixed) else bytes_of(unscaled)


_GOALS: Final[dict[str, Goal]] = {
    "PROMOTION_LOSSY": _rounded,
    "BYTES_AS_STRING": _not_utf8,
    "UNIT_CHANGED": _one,
    "LOGICAL_CHANGED": _one,
    "DECIMAL_SCALE_CHANGED": _hundredth,
    "DECIMAL_PRECISION_NARROWED": _too_wide,
}
