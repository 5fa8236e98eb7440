"""What a question for differences is answered with, and the side of it that the working tree is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct

from avow.config import Project
from avow.diff.comparison import Comparison, State, compared
from avow.finding import Finding
from avow.lint.subject import Subject
from avow.load.contracts import contracts_in, may_be_in
from avow.load.tree import Tree
from avow.runtime.schema import Record, named_types

HERE = "the working tree"


class Answer(Struct, frozen=True):
    """The contracts that differ, by name, and what stood in the way of comparing others."""

    comparisons: list[Comparison]
    findings: list[Finding]
    """What makes schemas or released versions unreadable that would have been compared: errors."""


class UnreadableError(Exception):
    """A state of a contract cannot be read; ``findings`` say why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = list(findings)


class Working:
    """The contracts of the working tree."""

    def __init__(self, project: Project, tree: Tree) -> None:
        self.project = project
        self.tree = tree
        self.contracts = contracts_in(tree.schemas)
        self._broken = Subject(project, tree).broken

    def state(self, name: str, contract: Record | None) -> State:
        """Return the state of a contract; None stands for one that is not there. Raises UnreadableError."""
        if contract and any(self.tree.files[each] in self._broken for each in named_types(contract)):
            raise UnreadableError(self.tree.findings)
        if contract:
            return State(HERE, contract)
        self.miss(name)
        return State(f"not in {HERE}", None)

    def miss(self, name: str) -> None:
        """Raise UnreadableError where a contract that is not there may stand in a file that cannot be read."""
        sources = self.tree.sources
        if may_be_in(name, (sources[file] for file in self._broken if file in sources)):
            raise UnreadableError(self.tree.findings)


class Answering:
    """An answer in the making."""

    def __init__(self, working: Working) -> None:
        self.working = working
        self._comparisons: list[Comparison] = []
        self._findings: dict[Finding, None] = {}

    def add(self, before: State, after: State) -> None:
        """Compare two states of a contract."""
        found = compared(before, after, self.working.project.settings.check)
        if found is not None:
            self._comparisons.append(found)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Go on where something cannot be read, and remember it."""
        try:
            yield
        except UnreadableError as error:
            self._findings.update(dict.fromkeys(error.findings))

    def answer(self) -> Answer:
        """Return what was found."""
        return Answer(sorted(self._comparisons, key=lambda each: each.contract), list(self._findings))
