"""What the index knows of the schemas: types, their fields, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class FieldRow(Struct, frozen=True, array_like=True):
    """A field of a record."""

    doc: str
    type: str
    """Its type in words, such as ``array of insurance.shared.Money``."""
    records: tuple[str, ...]
    """Full names of the records that its value may directly hold."""
    readers: tuple[str, ...] = ()
    """Of a sensitive field: the services that may read it."""
    deprecated: bool = False


class TypeRow(Struct, frozen=True, array_like=True):
    """A named type; ``kind`` is that of its contract, and empty where it has none."""

    shape: str
    file: str
    doc: str
    fields: dict[str, FieldRow] = {}
    kind: str = ""
    owner: str = ""
    channel: str = ""
    deprecated: bool = False
    lost: tuple[str, ...] = ()
    """Fields that it has no longer, though released versions on the wire do."""


GONE = "gone"
"""The shape of a type that code names and the schemas do not have."""

Catalogue = dict[str, TypeRow]
"""Rows by full name, sorted."""


def reach(catalogue: Catalogue, name: str) -> list[str]:
    """Return a type and all records that its values may hold, at any depth, each once."""
    found, waiting = dict[str, None](), [name]
    while waiting:
        each = waiting.pop()
        if each not in found and each in catalogue:
            found[each] = None
            waiting += _held(catalogue[each])
    return list(found)


def holders(catalogue: Catalogue, name: str) -> set[str]:
    """Return a type and all whose values may hold one of it, at any depth."""
    around: dict[str, list[str]] = {}
    for each, row in catalogue.items():
        for held in _held(row):
            around.setdefault(held, []).append(each)
    found, waiting = set[str](), [name]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += around.get(each, ())
    return found


def _held(row: TypeRow) -> Iterator[str]:
    return (name for field in row.fields.values() for name in field.records)
