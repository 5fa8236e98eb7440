"""Reading a datum in trial: what a reader makes of it, and how the value at one place is shown to people."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from avow.compat.incompatibility import Hop, Inside
from avow.runtime.errors import DecodeError
from avow.runtime.interpret import decode
from avow.runtime.logical import EPOCH, LOCAL_EPOCH, conversion
from avow.runtime.record import Duration
from avow.runtime.resolution import ArrayPlan, LeafPlan, MapPlan, Plan, RecordPlan, UnionPlan
from avow.runtime.schema import Field, Fixed, Primitive, Record, Type, branch_name, named_types

_NANOS: Final = 1_000_000_000
_BRIEF: Final = 60
"""Characters of a value that are shown."""


class _Shape:
    """Stands in for a record's class: makes a dict of its values by wire name."""

    def __init__(self, record: Record) -> None:
        self.__struct_encode_fields__ = tuple([field.name for field in record.fields])

    def __call__(self, *values: Any) -> dict[str, Any]:
        return dict(zip(self.__struct_encode_fields__, values, strict=True))


class Trial:
    """Reads messages under one plan into dicts and plain symbols, since there are no classes to fill."""

    def __init__(self, plan: Plan, reader: Type) -> None:
        self._plan = plan
        self._name = branch_name(reader)
        self._types = named_types(reader)

    def read(self, data: bytes) -> Any:
        """Return the reader's value. Raises DecodeError."""
        return decode(self._plan, data, 0, self._name, self._class)

    def _class(self, name: str) -> Any:
        named = self._types[name]
        return _Shape(named) if isinstance(named, Record) else str

    def at(self, value: Any, trail: tuple[Hop, ...]) -> Found | None:
        """Return what the reader has at a place of the writer's value, None where it keeps no value of it."""
        plan: Plan | None = self._plan
        for hop in trail:
            if isinstance(hop, Field):
                steps = plan.steps if isinstance(plan, RecordPlan) else ()
                step = next((step for step in steps if step.field is hop), None)
                if step is None or step.target is None:
                    return None
                value, plan = value[step.target.name], step.plan
            elif isinstance(hop, Inside):
                value = value[0] if hop.kind == "array" else next(iter(value.values()))
                plan = plan.items if isinstance(plan, ArrayPlan) else plan.values if isinstance(plan, MapPlan) else None
            else:
                plan = plan.branches[hop.index] if isinstance(plan, UnionPlan) else None
        return Found(value, plan.reader) if isinstance(plan, LeafPlan) else None


class Found(NamedTuple):
    """A leaf's value as its type's Python value."""

    value: Any
    type: Primitive | Fixed


def failure(error: DecodeError) -> str:
    """Return what went wrong, as the end of a sentence that begins with the reader."""
    place = f", `{error.path}`" if error.path else ""
    return f"decoding fails at byte {error.offset}{place}: {error.reason}"


def shown_raw(type_: Primitive | Fixed, raw: Any) -> str:
    """Return a raw value in words, as the writer meant it; as the plain value where Python has none for it."""
    found = conversion(type_)
    try:
        return shown(Found(raw if found is None else found.load(raw), type_))
    except ValueError:
        return _plain(raw)


def shown(found: Found) -> str:
    """Return a value in words; values of different meaning are shown differently."""
    value, logical = found.value, found.type.logical
    if logical is not None and logical.name.endswith("timestamp-nanos"):
        return _nanos(value, EPOCH if logical.name == "timestamp-nanos" else LOCAL_EPOCH)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (bytes, str)):
        return _brief(f"0x{value.hex()}" if isinstance(value, bytes) else json.dumps(value))
    if isinstance(value, Decimal):
        return _brief(f"decimal {value:f}" if abs(value.adjusted()) < _BRIEF else f"decimal {value}")
    if isinstance(value, UUID):
        return f"UUID {value}"
    if isinstance(value, Duration):
        return f"{value.months} months, {value.days} days, {value.millis} ms"
    return repr(value)


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"


def _nanos(count: int, epoch: dt.datetime) -> str:
    seconds, rest = divmod(count, _NANOS)
    moment = (epoch + dt.timedelta(seconds=seconds)).isoformat()
    return f"{moment[:19]}.{rest:09}{moment[19:]}"
