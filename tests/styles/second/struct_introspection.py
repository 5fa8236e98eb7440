"""Struct introspection."""

import msgspec
from contracts.shared import Label, Place


def names(place: Place) -> list[str]:
    return [getattr(place, name) for name in place.__struct_fields__]  #: E Place


def columns() -> list[str]:
    return [field.name for field in msgspec.structs.fields(Label)]  #: E Label
