"""Fields that a type no longer has, though released versions on the wire still do: code may go on reading them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from avow.config import Project
from avow.frozen import read, schema
from avow.index.catalogue import Catalogue
from avow.runtime.schema import Record, Type, named_types


def lost_fields(project: Project, types: dict[str, Type]) -> dict[str, tuple[str, ...]]:
    """Return by type the fields of live released versions that it has no longer, sorted.

    Args:
        project: Whose releases.
        types: The types of the working tree by full name.

    Raises:
        AvowError: What is released cannot be read.
    """
    found: dict[str, set[str]] = {}
    for history in read(project).histories.values():
        for version in history.live:
            for name, type_ in named_types(schema(project, version)).items():
                today = types.get(name)
                if isinstance(type_, Record) and isinstance(today, Record):
                    gone = {field.name for field in type_.fields} - {field.name for field in today.fields}
                    found.setdefault(name, set()).update(gone)
    return {name: tuple(sorted(fields)) for name, fields in found.items() if fields}


def with_lost(rows: Catalogue, older: Iterable[Type]) -> Catalogue:
    """Return the rows of types with the fields that they had in older contracts too; the same where there are none."""
    found: dict[str, set[str]] = {}
    for contract in older:
        for name, type_ in named_types(contract).items():
            row = rows.get(name)
            if isinstance(type_, Record) and row is not None:
                gone = {field.name for field in type_.fields} - {*row.fields, *row.lost}
                found.setdefault(name, set()).update(gone)
    lost = {name: tuple(sorted({*rows[name].lost, *fields})) for name, fields in found.items() if fields}
    return {name: replace(row, lost=lost.get(name, row.lost)) for name, row in rows.items()} if lost else rows
