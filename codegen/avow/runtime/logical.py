"""Logical types: from the underlying Avro value to Python's own type and back.

Every function raises ValueError, whose text says what was found, for a value that the other side cannot
hold. Times are floored to what the wire can hold; decimals are never rounded.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from .record import Duration
from .schema import LONG_MAX, LONG_MIN, Fixed, Logical, Primitive
from .varint import read_int, write_long

EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
LOCAL_EPOCH: Final = dt.datetime(1970, 1, 1)
EPOCH_ORDINAL: Final = 719163
"""date(1970, 1, 1).toordinal()"""
EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""A decimal context that never rounds what fits in memory."""
MAX_DECIMAL_BYTES: Final = 8192
"""Bytes in the longest unscaled decimal number: converting more to decimal digits costs quadratic time."""
FIRST_SECOND: Final = -62_135_596_800
"""The first second of year 1, from 1970."""
LAST_SECOND: Final = 253_402_300_799
"""The last second of year 9999, from 1970."""
DAY_MILLIS: Final = 86_400_000
DAY_MICROS: Final = 86_400_000_000
_DURATION: Final = struct.Struct("<III")


def decimal_from(raw: bytes, precision: int, scale: int) -> Decimal:
    """Return the decimal whose unscaled value is ``raw``, big-endian two's complement."""
    if len(raw) > MAX_DECIMAL_BYTES:
        raise ValueError(f"a decimal of {len(raw)} bytes; at most {MAX_DECIMAL_BYTES} are read")
    unscaled = int.from_bytes(raw, "big", signed=True)
    if abs(unscaled) >= power_of_ten(precision):
        raise ValueError(f"a decimal with more than the {precision} digits of its type")
    return Decimal(unscaled).scaleb(-scale, EXACT)


def unscaled_of(value: Decimal, precision: int, scale: int) -> int:
    """Return ``value`` times ten to the power of ``scale``, where that is a whole number of few enough digits."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite decimal")
    if value and value.adjusted() >= precision - scale:
        raise ValueError(f"{_brief(value)} has more than {precision - scale} digits before the point")
    shifted = value.scaleb(scale, EXACT)
    unscaled = int(shifted)
    if unscaled != shifted:
        raise ValueError(f"{_brief(value)} has more than {scale} digits after the point")
    if unscaled.bit_length() >= 8 * MAX_DECIMAL_BYTES:
        raise ValueError(f"a decimal of {shifted.adjusted() + 1} digits; at most {MAX_DECIMAL_BYTES} bytes are written")
    return unscaled


def power_of_ten(exponent: int) -> int:
    """Return ten to the power of ``exponent``, capped where decimals are refused by their length anyway."""
    return int(10 ** min(exponent, 3 * MAX_DECIMAL_BYTES))


def bytes_of(unscaled: int) -> bytes:
    """Return a number in big-endian two's complement, with room for a sign in front of its magnitude.

    For -128 that is a byte more than needs be, as other Python libraries write it; readers take both.
    """
    return unscaled.to_bytes((unscaled.bit_length() + 8) >> 3, "big", signed=True)


def big_decimal_from(raw: bytes) -> Decimal:
    """Return a decimal that carries its own scale: Avro bytes, then the scale as an Avro int."""
    size, position = read_int(raw, 0)
    end = position + size
    if size < 0 or end > len(raw):
        raise ValueError(f"a big-decimal claims {size} bytes and has {len(raw) - position}")
    if size > MAX_DECIMAL_BYTES:
        raise ValueError(f"a big-decimal of {size} bytes; at most {MAX_DECIMAL_BYTES} are read")
    scale, after = read_int(raw, end)
    if after != len(raw):
        raise ValueError(f"{len(raw) - after} bytes behind a big-decimal")
    return Decimal(int.from_bytes(raw[position:end], "big", signed=True)).scaleb(-scale, EXACT)


def big_decimal_to(value: Decimal) -> bytes:
    """Return a decimal with its scale, as Avro's Java library writes big-decimal."""
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite decimal")
    scale = -int(value.as_tuple().exponent)
    if not -(1 << 31) <= scale < 1 << 31:
        raise ValueError(f"a decimal with scale {scale}; an int holds it")
    unscaled = bytes_of(int(value.scaleb(scale, EXACT)))
    if len(unscaled) > MAX_DECIMAL_BYTES:
        raise ValueError(f"a decimal of {len(unscaled)} bytes; at most {MAX_DECIMAL_BYTES} are written")
    return write_long(len(unscaled)) + unscaled + write_long(scale)


def uuid_from_text(text: str) -> UUID:
    """Return the UUID that a string holds, in any spelling that uuid.UUID takes."""
    digits = text.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "").lower()
    try:
        value = UUID(text)
    except ValueError:
        value = None
    if value is None or value.hex != digits:  # UUID lets underscores and spaces pass for digits
        raise ValueError(f"{text[:60]!r} is not a UUID")
    return value


def uuid_from_bytes(raw: bytes) -> UUID:
    """Return the UUID that 16 bytes hold, big-endian."""
    return UUID(bytes=raw)


def date_from(days: int) -> dt.date:
    """Return the date that lies ``days`` after 1970-01-01."""
    try:
        return dt.date.fromordinal(EPOCH_ORDINAL + days)
    except (ValueError, OverflowError):
        raise ValueError(f"day {days} lies outside the years 1 to 9999") from None


def date_to(value: dt.date) -> int:
    """Return the days from 1970-01-01."""
    return value.toordinal() - EPOCH_ORDINAL


def time_from(count: int, per_second: int) -> dt.time:
    """Return the time of day ``count`` units after midnight."""
    if not 0 <= count < 86_400 * per_second:
        raise ValueError(f"time {count} is not within a day")
    seconds, rest = divmod(count, per_second)
    minutes, second = divmod(seconds, 60)
    return dt.time(minutes // 60, minutes % 60, second, rest * (1_000_000 // per_second))


def time_to(value: dt.time, per_second: int) -> int:
    """Return the units since midnight, floored; a time with a time zone is refused."""
    if value.tzinfo is not None:
        raise ValueError(f"{value} has a time zone; a time of day has none")
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * per_second + value.microsecond * per_second // 1_000_000


def timestamp_from(count: int, per_second: int, epoch: dt.datetime) -> dt.datetime:
    """Return the moment ``count`` units after the epoch."""
    try:
        return epoch + dt.timedelta(0, 0, count * (1_000_000 // per_second))
    except OverflowError:
        raise ValueError(f"timestamp {count} lies outside the years 1 to 9999") from None


def timestamp_to(value: dt.datetime, per_second: int) -> int:
    """Return the units since the epoch, floored; the time zone must be known."""
    if value.utcoffset() is None:
        raise ValueError(f"{value} has no time zone; a timestamp needs one")
    seconds = _units(value - EPOCH, 1)
    if not FIRST_SECOND <= seconds <= LAST_SECOND:
        raise ValueError(f"{value} lies outside the years 1 to 9999 in UTC")
    return _units(value - EPOCH, per_second)


def local_timestamp_to(value: dt.datetime, per_second: int) -> int:
    """Return the units since the local epoch, floored; a time zone is refused."""
    if value.utcoffset() is not None:
        raise ValueError(f"{value} has a time zone; a local timestamp has none")
    return _units(value - LOCAL_EPOCH, per_second)


def _units(span: dt.timedelta, per_second: int) -> int:
    return (span.days * 86_400 + span.seconds) * per_second + span.microseconds * per_second // 1_000_000


def nanos_to(value: int) -> int:
    """Return a count of nanoseconds, which Python has no type for, checked to be a long."""
    if not LONG_MIN <= value <= LONG_MAX:
        raise ValueError(f"{value} is not a 64-bit integer")
    return value


def duration_from(raw: bytes) -> Duration:
    """Return the duration that 12 bytes hold: three little-endian counts."""
    return Duration(*_DURATION.unpack(raw))


def duration_to(value: Duration) -> bytes:
    """Return a duration as 12 bytes."""
    try:
        return _DURATION.pack(value.months, value.days, value.millis)
    except struct.error:
        raise ValueError(f"{value} has a count that is not a whole number from 0 to 4294967295") from None


class Conversion(NamedTuple):
    """A row: the Python type of a logical type, and both ways between it and the underlying value."""

    python: type
    load: Callable[[Any], Any]
    dump: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _row_of_timestamps(
    prefix: str, epoch: dt.datetime, dump: Callable[[dt.datetime, int], int]
) -> dict[str, Conversion]:
    def row(per_second: int) -> Conversion:
        return Conversion(
            dt.datetime,
            lambda raw: timestamp_from(raw, per_second, epoch),
            lambda value: dump(value, per_second),
        )

    return {
        f"{prefix}-millis": row(1_000),
        f"{prefix}-micros": row(1_000_000),
        f"{prefix}-nanos": Conversion(int, _same, nanos_to),
    }


_ROWS: Final[dict[str, Conversion]] = {
    "date": Conversion(dt.date, date_from, date_to),
    "time-millis": Conversion(dt.time, lambda raw: time_from(raw, 1_000), lambda value: time_to(value, 1_000)),
    "time-micros": Conversion(dt.time, lambda raw: time_from(raw, 1_000_000), lambda value: time_to(value, 1_000_000)),
    **_row_of_timestamps("timestamp", EPOCH, timestamp_to),
    **_row_of_timestamps("local-timestamp", LOCAL_EPOCH, local_timestamp_to),
    "duration": Conversion(Duration, duration_from, duration_to),
    "big-decimal": Conversion(Decimal, big_decimal_from, big_decimal_to),
}


def conversion(type_: Primitive | Fixed) -> Conversion | None:
    """Return how a type's values convert, or None where it has no logical type."""
    logical = type_.logical
    if logical is None:
        return None
    if logical.name == "uuid":
        if isinstance(type_, Fixed):
            return Conversion(UUID, uuid_from_bytes, lambda value: value.bytes)
        return Conversion(UUID, uuid_from_text, str)
    if logical.name == "decimal":
        return _decimal(logical, type_.size if isinstance(type_, Fixed) else None)
    return _ROWS[logical.name]


def _decimal(logical: Logical, size: int | None) -> Conversion:
    precision, scale = logical.precision, logical.scale

    def dump(value: Decimal) -> bytes:
        unscaled = unscaled_of(value, precision, scale)
        return bytes_of(unscaled) if size is None else unscaled.to_bytes(size, "big", signed=True)

    return Conversion(Decimal, lambda raw: decimal_from(raw, precision, scale), dump)


def _brief(value: Decimal) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
