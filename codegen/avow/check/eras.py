"""Demand that what was written in an older era can be lifted, and see that it can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from avow.check.released import Released
from avow.config import Project
from avow.finding import Finding, Place
from avow.frozen import History, Version
from avow.load import upcasters
from avow.load.contracts import contracts_in
from avow.load.tree import Tree
from avow.load.upcasters import Upcaster, Upcasters
from avow.runtime.schema import Record, short_name


def findings(project: Project, tree: Tree, released: Released) -> list[Finding]:
    """Return what is wrong with the upcasters of the contracts whose live versions include older eras.

    Upcasters are run: they are code of the working tree, in a process of its own that is ended after a while.
    """
    return [finding for each in _contracts(project, tree, released) for finding in each.findings()]


def files(project: Project, tree: Tree, released: Released) -> list[str]:
    """Return the files of upcasters that such contracts should have."""
    return [each.file for each in _contracts(project, tree, released)]


def _contracts(project: Project, tree: Tree, released: Released) -> Iterator[_Contract]:
    for contract in contracts_in(tree.schemas).values():
        history = released.history(contract) if contract.name not in released.eras else None
        older = _older_eras(history) if history else {}
        if older:
            yield _Contract(project, tree, contract, older)


def _older_eras(history: History) -> dict[str, list[Version]]:
    """Return the eras before the current one that have live versions, with those."""
    latest = history.latest
    eras: dict[str, list[Version]] = {}
    for version in history.live:
        if latest is not None and version.era != latest.era:
            eras.setdefault(version.era, []).append(version)
    return eras


class _Contract:
    """A contract with live versions of older eras."""

    def __init__(self, project: Project, tree: Tree, contract: Record, older: dict[str, list[Version]]) -> None:
        self.project = project
        self.contract = contract
        self.name = contract.name
        self.short = short_name(contract.name)
        self.older = older
        self.place = tree.place(contract.name)
        self.file = upcasters.file_beside(tree.files[contract.name], contract.name)

    def findings(self) -> Iterator[Finding]:
        path = self.project.root / self.file
        try:
            found = upcasters.read(path.read_text(encoding="utf-8")) if path.is_file() else Upcasters()
        except SyntaxError as error:
            yield self._failed(Place(self.file, error.lineno or 1, 1), f"is no Python: {error.msg}")
            return
        except (OSError, ValueError, RecursionError) as error:
            yield self._failed(Place(self.file, 1, 1), f"cannot be read: {error}")
            return
        for each in found.untyped:
            message = f"the upcaster {each.name} of {self.name} {each.lacks}"
            fix = f"Write it as `def {each.name}(old: {self.short}{next(iter(self.older))}) -> {self.short}:`"
            yield _finding("UPCASTER_UNTYPED", Place(self.file, each.line, each.column), message, fix)
        chains = {era: found.chain(f"{self.short}{era}") for era in self.older}
        for era, (_, end) in chains.items():
            if end != self.short:
                yield self._missing(era, end, is_file=path.is_file())
        yield from self._run(path, {era: chain for era, (chain, end) in chains.items() if end == self.short})

    def _missing(self, era: str, end: str, *, is_file: bool) -> Finding:
        numbers = " and ".join(str(version.number) for version in self.older[era])
        live = f"version {numbers} is" if len(self.older[era]) == 1 else f"versions {numbers} are"
        return _finding(
            "UPCASTER_MISSING",
            Place(self.file, 1, 1) if is_file else self.place,
            f"nothing lifts {end} to {self.short}, and {live} still live in {self.name}",
            f"Write `def upcast(old: {end}) -> {self.short}:` into {self.file}",
        )

    def _run(self, path: Path, chains: dict[str, list[Upcaster]]) -> Iterator[Finding]:
        from avow.check.lifting import Job, lift  # most projects have no eras
        from avow.check.trials import messages

        steps = {step.name: step for chain in chains.values() for step in chain}
        jobs = [
            Job(
                [step.name for step in chain],
                f"{self.name}{era}",
                messages(self.project, self.contract, self.older[era]),
            )
            for era, chain in chains.items()
        ]
        seen: set[str] = set()
        for failure in lift(self.project, path, jobs) if jobs else ():
            step = steps.get(failure.function)
            place = Place(self.file, step.line, step.column) if step else Place(self.file, 1, 1)
            if failure.function not in seen:
                seen.add(failure.function)
                yield self._failed(place, failure.what, failure.function, failure.fix)

    def _failed(self, place: Place, what: str, function: str = "", fix: str = "") -> Finding:
        who = f"the upcaster {function} of {self.name}" if function else f"the file of upcasters of {self.name}"
        return _finding("UPCASTER_FAILED", place, f"{who} {what}", fix or "Mend it: what is stored needs it.")


def _finding(rule: str, place: Place, message: str, fix: str) -> Finding:
    return Finding(rule=rule, severity="error", place=place, message=message, fix=fix)
