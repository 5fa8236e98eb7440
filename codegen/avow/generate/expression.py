"""A default as Python source: text that evaluates to the value and can be nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from avow.generate import spelling
from avow.generate.scope import Scope
from avow.runtime.defaults import Default, leaf_value
from avow.runtime.record import Duration
from avow.runtime.schema import Array, Enum, Fixed, Map, Primitive, Record


def expression(default: Default, scope: Scope) -> str:
    """Return source for the Python value of a default."""
    type_, value = default.type, default.value
    if isinstance(type_, Record):
        return _record(type_, value, scope)
    if isinstance(type_, Array):
        return f"[{', '.join(expression(item, scope) for item in value)}]"
    if isinstance(type_, Map):
        return f"{{{', '.join(f'{quoted(key)}: {expression(item, scope)}' for key, item in value.items())}}}"
    if isinstance(type_, Enum):
        return f"{scope.class_name(type_.name)}.{spelling.symbols(type_.symbols)[value]}"
    return literal(leaf_value(type_, value), scope)


def is_shared(default: Default, own: frozenset[str]) -> bool:
    """Return whether one object can serve as the default of all instances, and exists when the class is made.

    ``own`` are the enums that the module defines ahead of its records; others may not be imported yet.
    """
    type_ = default.type
    return isinstance(type_, (Primitive, Fixed)) or (isinstance(type_, Enum) and type_.name in own)


def literal(value: object, scope: Scope) -> str:
    """Return source for a value of a primitive or logical type."""
    if isinstance(value, Decimal):
        return f'{scope.external("_Decimal")}("{value}")'
    if isinstance(value, UUID):
        return f'{scope.external("_UUID")}("{value}")'
    if isinstance(value, Duration):
        return f"{scope.external('_Duration')}({value.months}, {value.days}, {value.millis})"
    if isinstance(value, (dt.date, dt.time)):
        return scope.external("_dt.") + _moment(value)
    if isinstance(value, (str, bytes)):
        return quoted(value)
    return ascii(value)


def quoted(value: str | bytes) -> str:
    """Return source for text or bytes, in ASCII, and in double quotes where that needs no escape."""
    text = ascii(value)
    return text if '"' in text or "\\'" in text else text.replace("'", '"')


def _moment(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime):
        zone = "" if value.tzinfo is None else ", tzinfo=_dt.UTC"
        plain = value.replace(tzinfo=None)
        return repr(plain).removeprefix("datetime.")[:-1] + zone + ")"
    return repr(value).removeprefix("datetime.")


def _record(type_: Record, values: dict[str, Default], scope: Scope) -> str:
    attributes = spelling.fields(values)
    arguments = [f"{attributes[name]}={expression(value, scope)}" for name, value in values.items()]
    return f"{scope.class_name(type_.name)}({', '.join(arguments)})"
