"""A default as Python source: text that evaluates to the value and can be nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

from avow.generate import spelling
from avow.generate.scope import Scope
from avow.runtime.defaults import branch_of, field_default, leaf_value
from avow.runtime.record import Duration
from avow.runtime.schema import Array, Enum, Fixed, Json, Map, Primitive, Record, Type, Union


def expression(type_: Type, value: Json, scope: Scope) -> str:
    """Return source for the Python value of a default; the type must admit it."""
    if isinstance(type_, (Primitive, Fixed)):
        return literal(leaf_value(type_, value), scope)
    if isinstance(type_, Enum):
        return f"{scope.class_name(type_.name)}.{spelling.symbols(type_.symbols)[value]}"
    if isinstance(type_, Union):
        branch = branch_of(type_, value)
        return "None" if branch is None else expression(branch, value, scope)
    if isinstance(type_, Array):
        return f"[{', '.join(expression(type_.items, item, scope) for item in value)}]"
    if isinstance(type_, Map):
        entries = (f"{quoted(key)}: {expression(type_.values, item, scope)}" for key, item in value.items())
        return f"{{{', '.join(entries)}}}"
    return _record(type_, value, scope)


def is_shared(type_: Type, value: Json, own: frozenset[str]) -> bool:
    """Return whether one object can serve as the default of all instances, and exists when the class is made.

    ``own`` are the enums that the module defines ahead of its records; others may not be imported yet.
    """
    if isinstance(type_, Union):
        branch = branch_of(type_, value)
        return branch is None or is_shared(branch, value, own)
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


def _record(type_: Record, value: Json, scope: Scope) -> str:
    attributes = spelling.fields(field.name for field in type_.fields)
    arguments = [
        f"{attributes[field.name]}={expression(field.type, field_default(field, value), scope)}"
        for field in type_.fields
    ]
    return f"{scope.class_name(type_.name)}({', '.join(arguments)})"
