"""What is released of the contracts of a tree, as far as the generator needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from avow.config import Project
from avow.finding import Finding
from avow.frozen import History, read, schema
from avow.generate.facts import VersionFacts
from avow.generate.layout import Home
from avow.generate.versions import Versions, versions
from avow.load import upcasters
from avow.load.upcasters import Upcasters
from avow.runtime.schema import Named, Record, named_types


class Histories:
    """The histories of some contracts.

    Args:
        project: Whose.
        contracts: The contracts.
        current: Full names of all contracts of today, these among them.
    """

    def __init__(self, project: Project, contracts: Iterable[Record], current: Collection[str]) -> None:
        self._project = project
        self._current = current
        names = {name for contract in contracts for name in (contract.name, *contract.aliases)}
        self._frozen = read(project, names)

    @property
    def findings(self) -> list[Finding]:
        """What is missing of them, or was tampered with."""
        return self._frozen.findings

    def mentioned(self, contract: Record) -> set[str]:
        """Return the full names in live versions of older eras: what these are today decides about their types."""
        history = self._history(contract)
        latest = history.latest if history else None
        olds = [each for each in history.live if latest and each.era != latest.era] if history else []
        return {name for old in olds for name in named_types(schema(self._project, old))}

    def versions(self, contract: Record, today: Mapping[str, Named]) -> Versions:
        """Return the older versions of a contract; ``today`` are the types of the tree."""
        history = self._history(contract)
        return versions(self._project, contract, history, today) if history else Versions([], {}, {})

    def _history(self, contract: Record) -> History | None:
        return self._frozen.history(contract, self._current)


def version_facts(found: Versions, homes: Mapping[str, Home], functions: Upcasters) -> list[VersionFacts]:
    """Return a contract's older versions as the next run needs them; ``functions`` are its upcasters."""
    facts = []
    for old in found.olds:
        lifts: tuple[str, ...] = ()
        if old.is_lifted:
            chain, end = functions.chain(homes[old.reader.name].class_name)
            lifts = tuple(step.name for step in chain) if end == homes[old.contract].class_name else ()
        facts.append(VersionFacts(old.contract, old.number, old.fingerprint, old.reader.name, lifts))
    return facts


def upcasters_in(project: Project, file: str) -> Upcasters:
    """Return the upcasters of a file; none where it is not there, or no Python: `avow check` says so."""
    try:
        return upcasters.read((project.root / file).read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError, RecursionError):
        return Upcasters()
