"""Avro's float: the 32 bits of IEEE 754 that a Python float, which has 64, is rounded to."""

from __future__ import annotations

from struct import Struct
from typing import Final

FLOAT: Final = Struct("<f")
_EXACT_BITS: Final = 53


def float32(value: float) -> float:
    """Return the number of 32 bits that is nearest to a number. Raises OverflowError beyond them."""
    if type(value) is int and value.bit_length() > _EXACT_BITS:
        value = _to_odd(value)
    rounded: float = FLOAT.unpack(FLOAT.pack(value))[0]
    return rounded


def _to_odd(value: int) -> int:
    """Cut a number to the bits of a Python float so that to round it again to fewer rounds as if from all of it.

    Source: "round to odd", S. Boldo and G. Melquiond, "When double rounding is odd" (2005).
    """
    shift = value.bit_length() - _EXACT_BITS
    top = abs(value) >> shift
    if abs(value) & ((1 << shift) - 1):
        top |= 1
    return top << shift if value > 0 else -(top << shift)
