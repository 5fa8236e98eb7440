"""What generated codecs call: small functions and tables, each for the common spelling of a value.

They refuse with any exception whatever they were not made for; the caller then runs the interpreter or
the plain encoder, which know every spelling and say what is wrong.
"""

from __future__ import annotations

import datetime as dt
from binascii import hexlify, unhexlify
from decimal import Decimal
from typing import Any, Final, NoReturn
from uuid import UUID, SafeUUID

from .float32 import float32
from .logical import (
    DAY_MICROS,
    DAY_MILLIS,
    EPOCH,
    EPOCH_ORDINAL,
    EXACT,
    FIRST_SECOND,
    LAST_SECOND,
    LOCAL_EPOCH,
    MAX_DECIMAL_BYTES,
    big_decimal_from,
    big_decimal_to,
    duration_from,
    duration_to,
)
from .record import Duration
from .varint import EVEN, EVEN14, LOW14, SHORT, read_int, read_long, varint

LENGTH: Final = tuple([n // 2 + 1 if n < 128 and n % 2 == 0 else 0 for n in range(256)])
"""By first byte: how many bytes a string takes with its one-byte length; 0 where the length is longer or bad."""

ZIGZAG: Final = tuple([(n >> 1) ^ -(n & 1) for n in range(128)])
HALF_2: Final = tuple([(n & 127) >> 1 for n in range(256)])
"""By first byte of a number of two: half of what it says. The rest is added, and negative where the byte is odd."""
HALF_3: Final = tuple([half - 128 * 64 for half in HALF_2])
"""The same of a number of three bytes, less what the mark of the second is too much."""
HALF_4: Final = tuple([half - 128 * 8192 for half in HALF_3])
"""The same of a number of four bytes, less the marks of the second and third."""
BOOLEAN: Final = (False, True)
_INT_END: Final = 1 << 31
UTC: Final = dt.UTC
fromtimestamp: Final = dt.datetime.fromtimestamp
from_bytes: Final = int.from_bytes
utf8: Final = str.encode
multiply: Final = EXACT.multiply

_UNKNOWN: Final = SafeUUID.unknown
_new: Final = object.__new__
_members: Final[Any] = UUID  # its slots are written directly: the constructor takes twice as long
_set_int: Final = _members.int.__set__
_set_safe: Final = _members.is_safe.__set__


class Unfit(Exception):
    """The value or the bytes are not of the common form; nobody outside ever sees this."""


def unfit(_: object) -> NoReturn:
    """Raise Unfit, in the middle of an expression."""
    raise Unfit


def int_bytes(value: int) -> bytes:
    """Return an int as Avro writes it; Unfit beyond 32 bits."""
    if not -_INT_END <= value < _INT_END:
        raise Unfit
    return varint(value << 1 if value >= 0 else ~(value << 1))


def long_bytes(value: int) -> bytes:
    """Return a long as Avro writes it; Unfit beyond 64 bits."""
    unsigned = value << 1 if value >= 0 else ~(value << 1)
    if 268435456 <= unsigned < 4398046511104:  # milliseconds since 1970 take this many bytes
        return LOW14[unsigned & 16383] + LOW14[unsigned >> 14 & 16383] + SHORT[unsigned >> 28]
    if unsigned >> 64:
        raise Unfit
    return varint(unsigned)


def micros_bytes(count: int) -> bytes:
    """Return microseconds since 1970 as Avro writes them, where Python's years hold them."""
    if not FIRST_SECOND <= count // 1_000_000 <= LAST_SECOND:
        raise Unfit
    return long_bytes(count)


def millis_bytes(count: int) -> bytes:
    """Return milliseconds since 1970 as Avro writes them, where Python's years hold them."""
    if not FIRST_SECOND <= count // 1_000 <= LAST_SECOND:
        raise Unfit
    return long_bytes(count)


def as_float(value: object) -> float:
    """Return an int as a float: whoever writes 0 for 0.0 is understood, as Python's own typing has it."""
    if type(value) is not int:
        raise Unfit
    return float(value)


def is_float32(value: float) -> bool:
    """Return whether a float keeps its value in 32 bits."""
    try:
        return value != value or float32(value) == value
    except OverflowError:
        return False


def fits_decimal(value: Decimal, shift: Decimal, precision: int) -> bool:
    """Return whether a decimal can be written without loss; ``shift`` is ten to the power of its type's scale."""
    if not value.is_finite():
        return False
    shifted = multiply(value, shift)
    return not value or (shifted.adjusted() < precision and int(shifted) == shifted)


def date_days(value: dt.date) -> int:
    """Return the days from 1970-01-01."""
    if type(value) is not dt.date:
        raise Unfit
    return value.toordinal() - EPOCH_ORDINAL


def time_millis(value: dt.time) -> int:
    """Return the milliseconds since midnight, floored."""
    if type(value) is not dt.time or value.tzinfo is not None:
        raise Unfit
    return (value.hour * 3600 + value.minute * 60 + value.second) * 1000 + value.microsecond // 1000


def time_micros(value: dt.time) -> int:
    """Return the microseconds since midnight."""
    if type(value) is not dt.time or value.tzinfo is not None:
        raise Unfit
    return (value.hour * 3600 + value.minute * 60 + value.second) * 1_000_000 + value.microsecond


def duration_bytes(value: Duration) -> bytes:
    """Return a duration as 12 bytes."""
    if type(value) is not Duration:
        raise Unfit
    return duration_to(value)


def big_decimal_bytes(value: Decimal) -> bytes:
    """Return a decimal with its scale."""
    if type(value) is not Decimal:
        raise Unfit
    return big_decimal_to(value)


def text_at(data: bytes, position: int) -> tuple[str, int]:
    """Return the string at a position, whatever its length, and the position behind it."""
    size, start = read_long(data, position)
    end = start + size
    if size < 0 or end > len(data):
        raise Unfit
    return data[start:end].decode(), end


def bytes_at(data: bytes, position: int) -> tuple[bytes, int]:
    """Return the bytes at a position, whatever their length, and the position behind them."""
    size, start = read_long(data, position)
    end = start + size
    if size < 0 or end > len(data):
        raise Unfit
    return data[start:end], end


def count_at(data: bytes, position: int) -> tuple[int, int]:
    """Return a block's count and the position of its first item; the count is not zero."""
    count, after = read_long(data, position)
    if count < 0:
        size, after = read_long(data, after)
        if size < 0:
            raise Unfit
    if count == 0:
        raise Unfit
    return abs(count), after


def index_at(data: bytes, position: int) -> tuple[int, int]:
    """Return the index of a branch or a symbol, and the position behind it; it is not negative."""
    index, after = read_long(data, position)
    if index < 0:
        raise Unfit
    return index, after


def timestamp_at(data: bytes, position: int) -> tuple[int, int]:
    """Return a long that most likely takes eight bytes, as microseconds since 1970 do, read as one number."""
    spread = from_bytes(data[position : position + 8], "little")
    if spread & 0x8080808080808080 == 0x0080808080808080:
        pairs = (spread & 0x007F007F007F007F) | (spread & 0x7F007F007F007F00) >> 1
        fours = (pairs & 0x00003FFF00003FFF) | (pairs & 0x3FFF00003FFF0000) >> 2
        unsigned = (fours & 0x0FFFFFFF) | (fours & 0x0FFFFFFF00000000) >> 4
        return (unsigned >> 1) ^ -(unsigned & 1), position + 8
    return read_long(data, position)


def uuid_at(data: bytes, position: int) -> tuple[UUID, int]:
    """Return the UUID that a string of 36 characters at a position holds, and the position behind it."""
    digits = data[position + 1 : position + 37].replace(b"-", b"")
    if data[position] != 72 or len(digits) != 32:
        raise Unfit
    value = _new(UUID)
    _set_int(value, from_bytes(unhexlify(digits), "big"))
    _set_safe(value, _UNKNOWN)
    return value, position + 37


def uuid_from(raw: bytes) -> UUID:
    """Return the UUID of 16 bytes."""
    value = _new(UUID)
    _set_int(value, from_bytes(raw, "big"))
    _set_safe(value, _UNKNOWN)
    return value


def decimal_from(raw: bytes, unit: Decimal, limit: int) -> Decimal:
    """Return the decimal of an unscaled value.

    ``unit`` is the least step of its type, such as 0.01, ``limit`` ten to the power of its precision.
    """
    if len(raw) > MAX_DECIMAL_BYTES:
        raise Unfit
    unscaled = from_bytes(raw, "big", signed=True)
    if not -limit < unscaled < limit:
        raise Unfit
    return multiply(unscaled, unit)


def date_from(days: int) -> dt.date:
    """Return the date that lies ``days`` after 1970-01-01."""
    return dt.date.fromordinal(days + EPOCH_ORDINAL)


def time_from_millis(count: int) -> dt.time:
    """Return the time of day that many milliseconds after midnight."""
    if not 0 <= count < DAY_MILLIS:
        raise Unfit
    seconds, millis = divmod(count, 1000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, millis * 1000)


def time_from_micros(count: int) -> dt.time:
    """Return the time of day that many microseconds after midnight."""
    if not 0 <= count < DAY_MICROS:
        raise Unfit
    seconds, micros = divmod(count, 1_000_000)
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60, micros)


__all__ = [
    "BOOLEAN",
    "EPOCH",
    "EVEN",
    "EVEN14",
    "HALF_2",
    "HALF_3",
    "HALF_4",
    "LENGTH",
    "LOCAL_EPOCH",
    "LOW14",
    "SHORT",
    "UTC",
    "ZIGZAG",
    "Unfit",
    "as_float",
    "big_decimal_bytes",
    "big_decimal_from",
    "bytes_at",
    "count_at",
    "date_days",
    "date_from",
    "decimal_from",
    "duration_bytes",
    "duration_from",
    "fits_decimal",
    "float32",
    "from_bytes",
    "fromtimestamp",
    "hexlify",
    "index_at",
    "int_bytes",
    "is_float32",
    "long_bytes",
    "micros_bytes",
    "millis_bytes",
    "multiply",
    "read_int",
    "read_long",
    "text_at",
    "time_from_micros",
    "time_from_millis",
    "time_micros",
    "time_millis",
    "timestamp_at",
    "unfit",
    "utf8",
    "uuid_at",
    "uuid_from",
]
