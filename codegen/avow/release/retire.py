"""`avow retire`: end versions of which nothing is left on the wire, in a store, or in a deployed reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from avow import frozen as released
from avow.cache import lock
from avow.config import Project
from avow.errors import AvowError
from avow.frozen import Frozen, History, Version
from avow.load.contracts import contracts_in, meant
from avow.load.tree import load
from avow.release.retention import over
from avow.release.write import write_list

_ONE = re.compile(r"(?P<name>[^@]+)(?:@(?P<number>[0-9]{1,9}))?")


def retire(project: Project, wanted: Sequence[str], *, early: bool = False, today: date | None = None) -> list[Version]:
    """Retire versions, and return those that were live until now.

    Args:
        project: Whose versions.
        wanted: Each `full.Name@2` for one version, or `full.Name` for all that are live.
        early: Whether to retire also what its retention would keep.
        today: The day on which they end; None for that of the clock.

    Raises:
        AvowError: There is no such version, it is what is written today, or its retention is not over.
        OSError: A file cannot be written.
    """
    with lock(project.cache, "release"):
        day = today or date.today()
        frozen = released.read(project)
        for finding in frozen.findings:
            raise AvowError(finding.message, file=finding.place.file, fix=finding.fix)
        chosen = [pair for text in wanted for pair in _chosen(frozen, text)]
        written = _written_today(project, frozen)
        for history, version in chosen:
            _refuse(history, version, day, is_current=version in written, early=early)
        ends = {(version.name, version.number) for _, version in chosen if version.is_live}
        for name in sorted({name for name, _ in ends}):
            _write(project, frozen, name, {number for other, number in ends if other == name}, day)
        return [version for _, version in chosen if (version.name, version.number) in ends]


def ended(project: Project, today: date | None = None) -> Iterator[tuple[History, Version, date | None]]:
    """Yield the live versions that a newer one has followed, and the day on which their retention is over.

    None stands for a contract without retention.
    """
    for name, history in released.read(project).histories.items():
        for version in history.live:
            if version != history.latest and version.name == name:
                yield history, version, over(history, version)


def _chosen(frozen: Frozen, text: str) -> list[tuple[History, Version]]:
    match = _ONE.fullmatch(text)
    if match is None:
        raise AvowError(f"`{text}` names no version", fix="Write it like `customers.AddressChanged@2`.")
    history = frozen.histories[meant(match["name"], frozen.histories)]
    if match["number"] is None:
        return [(history, version) for version in history.live]
    found = [version for version in history.versions if version.number == int(match["number"])]
    if found:
        return [(history, found[0])]
    numbers = ", ".join(str(version.number) for version in history.versions)
    raise AvowError(f"{history.name} has no version {match['number']}", fix=f"There are: {numbers}.")


def _written_today(project: Project, frozen: Frozen) -> list[Version]:
    """Return the latest versions of the contracts that are still there."""
    contracts = contracts_in(load(project).schemas)
    histories = [frozen.history(contract, contracts) for contract in contracts.values()]
    return [history.latest for history in histories if history is not None and history.latest is not None]


def _refuse(history: History, version: Version, today: date, *, is_current: bool, early: bool) -> None:
    shown = f"version {version.number} of {history.name}"
    if is_current:
        what = f"{shown} is the latest of a contract that is still there, so it is what is written today"
        raise AvowError(what, fix="Release its successor first, or remove the contract.")
    end = over(history, version)
    if end is not None and end > today and not early:
        what = f"{shown} may still be stored: its retention is over on {end}"
        raise AvowError(what, fix="Wait until then. If nothing of it is left, say --early.")


def _write(project: Project, frozen: Frozen, name: str, numbers: set[int], today: date) -> None:
    history = frozen.histories[name]
    versions = [
        msgspec.structs.replace(version, retired=today)
        if version.name == name and version.number in numbers
        else version
        for version in history.versions
    ]
    write_list(project, name, versions, history.continues)
