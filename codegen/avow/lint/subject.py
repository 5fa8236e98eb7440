"""What is linted: the loaded tree, laid out as the checks like to walk it."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct, convert

from avow.config import Project
from avow.load.inspect import Node, walk
from avow.load.metadata import Contract, fits
from avow.load.tree import Tree
from avow.runtime.schema import Enum, Field, Named, Record

# Errors that leave the model of a file whole.
_HARMLESS = frozenset({"BAD_CONTRACT", "NAME_CASE", "NAME_IS_NAMESPACE"})


class Contracted(Struct, frozen=True):
    """A record with its contract, which is known to be in order."""

    file: str
    record: Record
    contract: Contract


class Subject:
    """What of a tree can be judged. Types in files with errors are left out: they may lack things."""

    def __init__(self, project: Project, tree: Tree) -> None:
        self.project = project
        self.tree = tree
        self.broken = {each.place.file for each in tree.findings if each.rule not in _HARMLESS}

    @cached_property
    def types(self) -> list[tuple[str, Named]]:
        """The types in files without errors, each with its file."""
        files = self.tree.files
        types = self.tree.schemas.types.items()
        return [(files[name], type_) for name, type_ in types if files[name] not in self.broken]

    @cached_property
    def records(self) -> list[tuple[str, Record]]:
        """The records among the types."""
        return [(file, type_) for file, type_ in self.types if isinstance(type_, Record)]

    @cached_property
    def enums(self) -> list[tuple[str, Enum]]:
        """The enums among the types."""
        return [(file, type_) for file, type_ in self.types if isinstance(type_, Enum)]

    @cached_property
    def fields(self) -> list[tuple[str, Field]]:
        """The fields of all those records."""
        return [(file, field) for file, record in self.records for field in record.fields]

    @cached_property
    def contracts(self) -> list[Contracted]:
        """The records whose contract is in order."""
        return [
            Contracted(file, record, convert(record.props["contract"], Contract))
            for file, record in self.records
            if "contract" in record.props and fits(record.props["contract"], Contract)
        ]

    @cached_property
    def nodes(self) -> list[tuple[str, Node]]:
        """The JSON of all files that are JSON, for what the model does not keep; it may be no valid Avro."""
        sources = [source for source in self.tree.sources.values() if source.parsed]
        return [(source.name, node) for source in sources for node in walk(source.value)]
