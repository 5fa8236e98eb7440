"""The contracts of the working tree, each with the older states that it is held against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from avow.check import pairs, wording
from avow.check.difference import Difference
from avow.check.gone import Fields
from avow.check.released import Released, lost
from avow.check.verdict import Previous, Verdict
from avow.compat.levels import LEVELS, Level, level_of
from avow.frozen import identity
from avow.lint.subject import Subject
from avow.load.contracts import contracts_in
from avow.rules import ALL
from avow.runtime.schema import Record, Type, named_types


class Held:
    """What of a project is held against what."""

    def __init__(
        self,
        subject: Subject,
        released: Released,
        differences: Sequence[Difference],
        only: Collection[str] | None = None,
        *,
        asks_for_uses: bool = False,
    ) -> None:
        self.subject = subject
        self.tree = subject.tree
        self.settings = subject.project.settings.check
        self.released = released
        self.differences = differences
        self.only = only
        self.judged: list[Record] = []
        """The contracts that were really compared."""
        self.skipped: list[Record] = []
        """Those that were not, since they are what was judged at their release."""
        self.newest: dict[str, Type] = {}
        """The newest older state of each contract that was compared, by full name."""
        self._gone = Fields() if asks_for_uses else None

    @cached_property
    def contracts(self) -> dict[str, Record]:
        """All contracts that are loaded, by full name."""
        return contracts_in(self.tree.schemas)

    @cached_property
    def settled(self) -> set[str]:
        """The files of which all has been judged, by every contract that refers to them."""
        return self._files(self.judged) - self._files(self.skipped)

    def _files(self, contracts: Iterable[Record]) -> set[str]:
        return {self.tree.files[name] for contract in contracts for name in named_types(contract)}

    def verdicts(self) -> Iterator[Verdict]:
        """Yield what is wrong with the contracts, those in files with errors left out."""
        for contract in self.contracts.values():
            if self.only is not None and contract.name not in self.only:
                continue
            if not self.subject.broken or self._files([contract]).isdisjoint(self.subject.broken):
                yield from self._verdicts(contract)
        if self._gone is not None:
            yield from self._gone.verdicts(self.tree)

    def _verdicts(self, contract: Record) -> Iterator[Verdict]:
        level = level_of(contract.props["contract"])
        is_released = self.released.is_released(contract)
        released = [] if is_released else self.released.olds(contract)
        baselines = list(self._baselines(contract))
        if is_released:
            self.skipped.append(contract)
        elif released or baselines:
            self.judged.append(contract)
        yield from self._lowered(contract, level, [*released[-1:], *baselines])
        mark = identity(contract) if baselines else ""
        olds = [*released, *(old for old in baselines if identity(old.type) != mark)]
        said = list(pairs.judge(contract, self.tree.files, level, olds, self.settings))
        yield from said
        if olds:
            self.newest[contract.name] = olds[-1].type
        if self._gone is not None:
            self._gone.look(contract, [*released[-1:], *olds[len(released) :]], said)
        if not is_released:
            yield from self.released.taken(contract, self.tree.files[contract.name])

    def _baselines(self, contract: Record) -> Iterator[Previous]:
        for each in self.differences:
            old = each.contracts.get(contract.name) or self._renamed(contract, each)
            is_touched = self.tree.files[contract.name] in each.touched
            if old is not None and is_touched and not self.released.is_older_era(contract, old):
                yield Previous(each.label, old, level_of(old.props["contract"]).name)

    def _renamed(self, contract: Record, difference: Difference) -> Record | None:
        """Return the contract that had one of the aliases, unless that name is still in use."""
        free = (alias for alias in contract.aliases if alias not in self.released.current)
        olds = (difference.contracts.get(alias) for alias in free)
        return next((old for old in olds if old is not None), None)

    def _lowered(self, contract: Record, level: Level, olds: Sequence[Previous]) -> Iterator[Verdict]:
        lowered: dict[str, list[Previous]] = {}
        for old in olds:
            if not level.promises(LEVELS[old.level]):
                lowered.setdefault(old.level, []).append(old)
        for before, found in lowered.items():
            own = ALL["LEVEL_LOWERED"].severity
            yield Verdict(
                rule="LEVEL_LOWERED",
                severity=pairs.severity_of("LEVEL_LOWERED", own, self.settings),
                contract=contract.name,
                message=f"{contract.name} is held to {level.name} now, {wording.phrase(found)} to {before}",
                fix="Raise it again, or make sure that nobody relies on what is no longer promised.",
                file=self.tree.files[contract.name],
                at=(*contract.at, "contract", "compatibility"),
            )

    def removed(self, differences: Sequence[Difference]) -> Iterator[Verdict]:
        """Yield the contracts of baselines that are gone from the working tree."""
        going_on = {alias for contract in self.contracts.values() for alias in contract.aliases}
        for each in differences:
            for name, before in each.gone.items():
                if name not in self.contracts and name not in going_on and not self._is_retired(name):
                    where = self.tree.place(name) if name in self.tree.files else before()
                    yield lost(name, f"{each.label} has it", where, is_type=name in self.tree.files)

    def _is_retired(self, name: str) -> bool:
        """Return whether all versions that were released are retired: then it may go."""
        history = self.released.frozen.histories.get(name)
        return history is not None and bool(history.versions) and not history.live
