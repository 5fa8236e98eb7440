"""Numbers are rounded to 32 bits once, whatever Python's floats would do on the way."""

from __future__ import annotations

import math
import struct
from fractions import Fraction
from random import Random

import pytest

from avow.runtime.float32 import float32


def nearest(value: int) -> float:
    """The nearest number of 32 bits, by exact arithmetic; of two, the one whose bits end in 0."""
    exponent = max(abs(value).bit_length() - 24, 0)
    scaled = Fraction(value, 1 << exponent)
    return float(round(scaled) << exponent)  # round() takes the even one of two


@pytest.mark.parametrize("value", [0, 1, -1, 2**24 + 1, 2**53 + 1, 2**62 + 2**38 + 1, -(2**62) - 2**38 - 1, 2**63 - 1])
def test_whole_numbers(value: int) -> None:
    assert float32(value) == nearest(value)


def test_random_whole_numbers() -> None:
    rng = Random(1)
    for _ in range(20_000):
        value = rng.getrandbits(rng.randrange(1, 64)) | (1 << 38) * rng.randrange(2)
        assert float32(value) == nearest(value)
        assert float32(-value) == -nearest(value)


def test_floats() -> None:
    assert float32(0.1) == struct.unpack("<f", struct.pack("<f", 0.1))[0] != 0.1
    assert math.isnan(float32(math.nan))
    with pytest.raises(OverflowError):
        float32(1e39)
