"""The bases of generated classes, and the one value class that Avro has and Python lacks."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar, dataclass_transform

import msgspec


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True):
    """An immutable value of an Avro record.

    To those who write code a record is keyword-only, so the order of fields in a schema may change and
    required fields may follow defaulted ones. At run time it also takes its values by position, required
    fields first, which is how decoders build it: msgspec matches keywords in quadratic time.
    """

    __avro__: ClassVar[str] = ""
    """Full name of the record's schema."""


class Symbol(Enum):
    """A symbol of an Avro enum; its value is the symbol as it stands in the schema."""

    __avro__: ClassVar[str] = ""
    """Full name of the enum's schema."""

    __hash__ = object.__hash__  # Enum hashes its name in Python code; members are unique, so identity will do


class Duration(msgspec.Struct, frozen=True):
    """Avro's duration: three counts that don't convert into each other, each from 0 to 4294967295.

    Unlike datetime.timedelta it keeps months and days, whose lengths vary.
    """

    months: int = 0
    days: int = 0
    millis: int = 0
