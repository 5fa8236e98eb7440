"""Throwaway Python classes for a parsed type, for tests that do without a generated package.

Attributes and members carry a prefix, so that any wire name makes a Python name, and required fields come
first, as in generated classes: nothing may rely on the order or the spelling of the schema.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from avow.runtime import schema as model
from avow.runtime.record import Record, Symbol

Classes = Callable[[str], Any]


def classes_of(root: model.Type) -> Classes:
    """Return a function from the full name of each record and enum that `root` reaches to a class."""
    made = {name: _class(named) for name, named in model.named_types(root).items()}
    return made.__getitem__


def _class(named: model.Named) -> Any:
    if isinstance(named, model.Record):
        return _record(named)
    return _enum(named) if isinstance(named, model.Enum) else bytes


def _record(record: model.Record) -> Any:
    ordered = sorted(record.fields, key=lambda field: field.default is not model.NO_DEFAULT)
    wire = {f"f_{field.name}": field.name for field in ordered}
    return msgspec.defstruct(
        model.short_name(record.name),
        [(attribute, Any) for attribute in wire],
        bases=(Record,),
        namespace={"__avro__": record.name},
        rename=wire,
        frozen=True,
    )


def _enum(enum: model.Enum) -> Any:
    functional: Any = Symbol  # whose functional form mypy does not know of subclasses
    made = functional(model.short_name(enum.name), {f"s_{symbol}": symbol for symbol in enum.symbols})
    made.__avro__ = enum.name
    return made
