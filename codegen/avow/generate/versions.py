"""The live versions of a contract that are not today's: who decodes each, into which class, and what lifts that."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from avow.config import Project
from avow.frozen import History, Version, mark, schema
from avow.generate.eras import era_types
from avow.runtime.schema import Named, Record, named_types


class Old(Struct, frozen=True):
    """An older version of a contract."""

    contract: str
    """Full name of the contract today."""
    number: int
    fingerprint: int
    writer: Record
    reader: Record
    """Today's schema, or the shape of the version's era."""

    @property
    def is_lifted(self) -> bool:
        """Whether what is read has to be lifted to today's class."""
        return self.reader.name != self.contract


class Versions(Struct, frozen=True):
    """What of a contract is live besides today's schema."""

    olds: list[Old]
    eras: dict[str, dict[str, Named]]
    """Root of each older era -> its types by full name."""
    sources: dict[str, str]
    """Root of each older era -> the frozen file that it is made of."""

    @property
    def mentioned(self) -> set[str]:
        """The full names in versions of older eras: what these are today decides about the types of eras."""
        return {name for old in self.olds if old.is_lifted for name in named_types(old.writer)}


def versions(project: Project, contract: Record, history: History, today: Mapping[str, Named]) -> Versions:
    """Return the older versions of a contract; each fingerprint once, and none that is today's.

    Raises:
        AvowError: A frozen file cannot be read.
    """
    found = Versions([], {}, {})
    latest = history.latest
    readers = {latest.era: contract} if latest else {}
    seen = {mark(contract)}
    for version in reversed(history.live):
        if version.fingerprint in seen:
            continue
        seen.add(version.fingerprint)
        if version.era not in readers:
            readers[version.era] = _begin(project, contract, version, today, found)
        found.olds.append(_old(project, contract, version, readers[version.era]))
    found.olds.reverse()
    return found


def _begin(project: Project, contract: Record, version: Version, today: Mapping[str, Named], found: Versions) -> Record:
    """Add the types of an era, of which this is the last live version; return their root."""
    root = f"{contract.name}{version.era}"
    types = era_types(schema(project, version), root, today)
    found.eras[root] = types
    found.sources[root] = project.name(project.released / version.name / f"{version.number}.avsc")
    record = types[root]
    assert isinstance(record, Record)
    return record


def _old(project: Project, contract: Record, version: Version, reader: Record) -> Old:
    return Old(contract.name, version.number, int(version.fingerprint, 16), schema(project, version), reader)
