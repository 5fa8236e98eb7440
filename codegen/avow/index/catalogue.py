"""What the index knows of the schemas: types, their fields, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import UNSET, Struct, convert
from msgspec.structs import replace

from avow.load.metadata import Contract, Marks, fits
from avow.load.tree import Tree
from avow.runtime.schema import Array, Enum, Field, Fixed, Map, Record, Type, Union, branch_name


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


Catalogue = dict[str, TypeRow]
"""Rows by full name, sorted."""


def catalogue(tree: Tree, lost: Mapping[str, tuple[str, ...]] | None = None) -> Catalogue:
    """Return the rows of all types of a tree without findings; ``lost`` are fields that types have no longer."""
    known = lost or {}
    rows = {name: _row(tree, name) for name in sorted(tree.schemas.types)}
    return {name: replace(row, lost=known[name]) if name in known else row for name, row in rows.items()}


def _row(tree: Tree, name: str) -> TypeRow:
    type_, file = tree.schemas.types[name], tree.files[name]
    if not isinstance(type_, Record):
        return TypeRow(type_.kind, file, type_.doc)
    fields = {field.name: _field(field) for field in type_.fields}
    contract = type_.props.get("contract")
    if contract is None or not fits(contract, Contract):
        return TypeRow("record", file, type_.doc, fields)
    said = convert(contract, Contract)
    owner, channel = said.owner or "", said.channel or ""
    return TypeRow("record", file, type_.doc, fields, said.kind, owner, channel, said.deprecated is not UNSET)


def _field(field: Field) -> FieldRow:
    marks = convert(field.props, Marks) if fits(field.props, Marks) else Marks()
    readers = marks.sensitive.readers if marks.sensitive is not UNSET else ()
    deprecated = bool(marks.deprecated) and marks.deprecated is not UNSET
    return FieldRow(field.doc, _words(field.type), tuple(_records(field.type)), readers, deprecated)


def _words(type_: Type) -> str:
    if isinstance(type_, Array):
        return f"array of {_words(type_.items)}"
    if isinstance(type_, Map):
        return f"map of {_words(type_.values)}"
    if isinstance(type_, Union):
        return " or ".join(_words(branch) for branch in type_.branches)
    if isinstance(type_, (Record, Enum, Fixed)):
        return type_.name
    return type_.logical.name if type_.logical else branch_name(type_)


def _records(type_: Type) -> Iterator[str]:
    """Yield the records in a type, through arrays, maps and unions but not through records."""
    if isinstance(type_, Record):
        yield type_.name
    elif isinstance(type_, Array):
        yield from _records(type_.items)
    elif isinstance(type_, Map):
        yield from _records(type_.values)
    elif isinstance(type_, Union):
        for branch in type_.branches:
            yield from _records(branch)


def reach(catalogue: Catalogue, name: str) -> list[str]:
    """Return a type and all records that its values may hold, at any depth, each once."""
    found, waiting = dict[str, None](), [name]
    while waiting:
        each = waiting.pop()
        if each not in found and each in catalogue:
            found[each] = None
            waiting += [inner for field in catalogue[each].fields.values() for inner in field.records]
    return list(found)
