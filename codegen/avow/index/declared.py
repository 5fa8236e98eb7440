"""The catalogue, as schemas declare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import UNSET, convert
from msgspec.structs import replace

from avow.index.catalogue import Catalogue, FieldRow, TypeRow
from avow.load.metadata import Contract, Marks, fits
from avow.load.tree import Tree
from avow.runtime.schema import Array, Enum, Field, Fixed, Map, Record, Type, Union, branch_name


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
