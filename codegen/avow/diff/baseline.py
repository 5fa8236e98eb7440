"""Compare another state of the project with the working tree."""

from __future__ import annotations

from collections.abc import Iterator

from avow.check.baseline import Baseline
from avow.check.corpus import working
from avow.check.difference import Difference, difference
from avow.config import Project
from avow.diff.answer import Answer, Answering, Working
from avow.diff.comparison import State
from avow.errors import AvowError
from avow.load.contracts import may_be_in, meant
from avow.load.tree import load
from avow.runtime.schema import Record


def compare_with(project: Project, baseline: Baseline, name: str = "") -> Answer:
    """Compare another state of the project with the working tree.

    Args:
        project: Whose contracts.
        baseline: The other state, as `avow.check.resolve` returns it.
        name: Full name of a contract, one that it had there, or its last parts; empty for all contracts.

    Raises:
        AvowError: Nothing of the baseline can be read, or there is no such contract.
    """
    files = working(project)
    differs = difference(files, baseline)
    tree = load(project) if name else load(project, files.closure(differs.touched))
    answering = _Baseline(differs, Working(project, tree))
    for full in [] if name else answering.all():
        with answering.attempt():
            answering.compare(full)
    if name:
        with answering.attempt():
            answering.compare(answering.named(name))
    return answering.answer()


class _Baseline(Answering):
    def __init__(self, differs: Difference, working: Working) -> None:
        super().__init__(working)
        self.differs = differs

    def all(self) -> Iterator[str]:
        """Yield the contracts that may differ: those of the working tree, then those that are gone."""
        contracts = self.working.contracts
        yield from contracts
        going_on = {alias for contract in contracts.values() for alias in contract.aliases}
        yield from (name for name in self.differs.gone if name not in contracts and name not in going_on)

    def named(self, name: str) -> str:
        """Return the contract that a user means, by its name of today. Raises AvowError, UnreadableError."""
        contracts = self.working.contracts
        try:
            full = meant(name, {*contracts, *self.differs.gone})
        except AvowError:
            self.working.miss(name)
            raise
        renamed = (each.name for each in contracts.values() if full in each.aliases)
        return full if full in contracts else next(renamed, full)

    def compare(self, name: str) -> None:
        """Compare a contract with what it was, if anything that it is made of differs. Raises UnreadableError."""
        contract = self.working.contracts.get(name)
        if contract is None or self.working.tree.files[name] in self.differs.touched:
            self.add(self._there(name, contract), self.working.state(name, contract))

    def _there(self, name: str, contract: Record | None) -> State:
        aliases = contract.aliases if contract else ()
        names = (name, *(alias for alias in aliases if alias not in self.working.contracts))
        found = next((self.differs.contracts[each] for each in names if each in self.differs.contracts), None)
        if found is not None:
            return State(self.differs.label, found)
        is_broken = any(may_be_in(each, self.differs.broken) for each in names)
        return State(f"{'invalid' if is_broken else 'not'} in {self.differs.label}", None)
