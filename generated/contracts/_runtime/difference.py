"""What differs between two values of one generated class, field by field, into records and maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from msgspec import UNSET, Struct

from .record import Record

T = TypeVar("T", bound=Record)


class Change(Struct, frozen=True):
    """One place that differs; a key that only one of two maps has is UNSET in the other."""

    path: str
    """Attributes joined by dots, such as ``address.postcode``, with keys of maps in brackets, ``limits['fire']``."""
    before: Any
    after: Any


def difference(before: T, after: T) -> list[Change]:
    """Return what differs between two values, in the order of their fields.

    Records of one class are compared field by field and maps key by key; everything else, lists and records of
    different classes included, is one value. Nothing differs where two values are equal as Python has it, NaN
    included. Raises TypeError for two values that are not of one class.
    """
    if type(before) is not type(after):
        raise TypeError(f"{type(before).__name__} and {type(after).__name__} have no fields in common")
    return list(_record("", before, after))


def _record(path: str, before: Record, after: Record) -> Iterator[Change]:
    for name in before.__struct_fields__:
        yield from _value(f"{path}.{name}" if path else name, getattr(before, name), getattr(after, name))


def _map(path: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key in {**before, **after}:
        yield from _value(f"{path}[{key!r}]", before.get(key, UNSET), after.get(key, UNSET))


def _value(path: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, Record) and type(before) is type(after):
        yield from _record(path, before, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _map(path, before, after)
    elif not _is_same(before, after):
        yield Change(path, before, after)


def _is_same(before: Any, after: Any) -> bool:
    """Values of different branches of a union are different even where Python calls them equal, as True and 1."""
    if type(before) is not type(after):
        return False
    if isinstance(before, list):
        return len(before) == len(after) and not any(map(_differs, before, after))
    return bool(before == after) or bool(before != before and after != after)


def _differs(before: Any, after: Any) -> bool:
    return any(_value("", before, after))
