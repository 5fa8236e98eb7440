"""Compare what is released: versions with the working tree, or with one another."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from avow import frozen
from avow.config import Project
from avow.diff.answer import Answer, Answering, UnreadableError, Working
from avow.diff.comparison import State
from avow.errors import AvowError
from avow.finding import Finding
from avow.frozen import Frozen, History, Version
from avow.load.contracts import meant
from avow.load.tree import load
from avow.runtime.schema import Record

_FIX = "Freeze {what} with `avow release`, or name a state of the project: `--against origin/main`."


def compare(project: Project, name: str = "", first: int = 0, last: int = 0) -> Answer:
    """Compare released versions with the working tree, or with one another.

    Args:
        project: Whose contracts.
        name: Full name of a contract, one that it once had, or its last parts; empty for all contracts.
        first: Number of the version to begin with; 0 for the latest.
        last: Number of the version to end with; 0 for the working tree.

    Raises:
        AvowError: Nothing is released, or there is no such contract or version.
    """
    released = frozen.read(project)
    if not released.histories and not released.findings:
        fix = _FIX.format(what="what there is")
        raise AvowError("nothing is released, so there is nothing to compare with", fix=fix)
    answering = _Releases(released, Working(project, load(project)))
    for line in [] if name else answering.all():
        with answering.attempt():
            answering.add(answering.latest(line), answering.here(line))
    if name:
        with answering.attempt():
            answering.between(answering.named(name), first, last)
    return answering.answer()


class _Line(msgspec.Struct, frozen=True):
    """A contract through all of its versions and names."""

    name: str
    contract: Record | None
    """The one of the working tree."""
    history: History | None

    @property
    def versions(self) -> tuple[Version, ...]:
        return self.history.versions if self.history else ()


class _Releases(Answering):
    def __init__(self, released: Frozen, working: Working) -> None:
        super().__init__(working)
        self.released = released

    # contracts

    def all(self) -> Iterator[_Line]:
        """Yield the contracts of the working tree, then those that are gone from it and still live."""
        known = {history.continues for history in self.released.histories.values()}
        for contract in self.working.contracts.values():
            line = self._line(contract)
            known |= {line.name, *(version.name for version in line.versions)}
            yield line
        for name, history in self.released.histories.items():
            if name not in known and history.live:
                yield _Line(name, None, history)

    def named(self, name: str) -> _Line:
        """Return the contract that a user means. Raises AvowError, UnreadableError."""
        histories = self.released.histories
        try:
            full = meant(name, {*self.working.contracts, *histories})
        except AvowError:
            self.working.miss(name)
            raise
        contract = self.working.contracts.get(full)
        if contract is not None:
            return self._line(contract)
        later = [each for each in histories.values() if any(version.name == full for version in each.versions)]
        history = max(later, key=lambda each: len(each.versions), default=histories[full])
        lines = (self._line(each) for each in self.working.contracts.values())
        return next((line for line in lines if line.history is history), _Line(history.name, None, history))

    def _line(self, contract: Record) -> _Line:
        return _Line(contract.name, contract, self.released.history(contract, self.working.contracts))

    # states

    def between(self, line: _Line, first: int, last: int) -> None:
        """Compare two states of a contract. Raises AvowError, UnreadableError."""
        if not line.versions and self.latest(line).contract is None:
            what = f"{line.name} was never released, so there is nothing to compare it with"
            raise AvowError(what, fix=_FIX.format(what="it"))
        before = self._numbered(line, first) if first else self.latest(line)
        self.add(before, self._numbered(line, last) if last else self.here(line))

    def here(self, line: _Line) -> State:
        """Return the state of a contract in the working tree. Raises UnreadableError."""
        return self.working.state(line.name, line.contract)

    def latest(self, line: _Line) -> State:
        """Return the latest version of a contract; of one that was never released, that. Raises UnreadableError."""
        if line.versions:
            return self._frozen(line, line.versions[-1])
        if line.history and (trouble := self._trouble(line.history.name)):
            raise UnreadableError(trouble)
        return State("not released", None)

    def _numbered(self, line: _Line, number: int) -> State:
        for version in line.versions:
            if version.number == number:
                return self._frozen(line, version)
        first, last = line.versions[0].number, line.versions[-1].number
        fix = f"It has versions {first} to {last}." if first < last else f"It has version {first} only."
        raise AvowError(f"there is no version {number} of {line.name}", fix=fix)

    def _frozen(self, line: _Line, version: Version) -> State:
        if not version.is_intact:
            raise UnreadableError(self._trouble(version.name))
        record = frozen.schema(self.working.project, version)
        contract = msgspec.structs.replace(record, props={**record.props, "contract": version.contract})
        era = f" ({version.era})" if version.era != line.versions[-1].era else ""
        return State(f"version {version.number}{era}", contract)

    def _trouble(self, name: str) -> list[Finding]:
        """Return what is wrong with what was released under a name."""
        project = self.working.project
        folder = f"{project.name(project.released / name)}/"
        return [each for each in self.released.findings if each.place.file.startswith(folder)]
