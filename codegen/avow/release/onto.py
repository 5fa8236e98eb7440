"""`avow release --onto REF`: put what two branches released under one number in order.

What the ref has keeps its numbers, since others may rely on it; what only this branch has follows. It works before
a merge or a rebase, and in the midst of one, when git's index has the files of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

import msgspec

from avow.cache import lock
from avow.check import pairs
from avow.check.repository import repository
from avow.check.tip import released_at, unmerged
from avow.check.verdict import Previous
from avow.compat.levels import level_of
from avow.config import Project
from avow.errors import AvowError
from avow.finding import Finding
from avow.frozen import VERSIONS, Row, Version
from avow.frozen.read import bytes_of, parsed
from avow.load.source import from_bytes
from avow.release.run import Released, Result
from avow.release.sides import Merged, merge
from avow.release.write import write_list, write_version
from avow.runtime.schema import Record, named_types


def onto(project: Project, ref: str) -> Result:
    """Number anew what only this branch has released, behind what a ref has.

    Args:
        project: Whose versions.
        ref: The branch that they are to follow, at its tip.

    Returns:
        Errors, where local versions do not go with those of the ref: nothing was written then. Else the versions
        that have another number now, and the lists that were put in order.

    Raises:
        AvowError: There is no such ref, or a version that is listed is nowhere to be found.
        OSError: A file cannot be written.
    """
    with lock(project.cache, "release"):
        repository_ = repository(project.root)
        theirs = released_at(repository_, project, ref)
        open_ = unmerged(repository_, project)
        ours = {**_working(project), **open_}
        names = sorted({path.partition("/")[0] for path in ours} & {path.partition("/")[0] for path in theirs})
        merged = {name: merge(name, ours, theirs) for name in names}
        clashing = {name: each for name, each in merged.items() if _clashes(each) or f"{name}/{VERSIONS}" in open_}
        findings = [found for name, each in clashing.items() for found in _judged(project, name, each)]
        if any(found.severity == "error" for found in findings):
            return Result(findings, [])
        return Result(findings, [done for name, each in clashing.items() for done in _write(project, name, each)])


def _clashes(merged: Merged) -> bool:
    return any(before != now for before, now in merged.moved.items())


def _working(project: Project) -> dict[str, list[bytes]]:
    """Return the frozen files and lists of the working tree, by path below the folder `released`."""
    top = project.released
    files = [path for pattern in ("*/*.avsc", f"*/{VERSIONS}") for path in top.glob(pattern)]
    return {path.relative_to(top).as_posix(): [bytes_of(path)] for path in files}


def _judged(project: Project, name: str, merged: Merged) -> Iterator[Finding]:
    """Yield what of the local versions does not go with what they follow now."""
    types = {row.number: _type(project, name, row, merged) for row in merged.rows}
    for row in merged.rows:
        if row.number in merged.moved.values():
            before = [each for each in merged.rows if each.number < row.number and each.era == row.era]
            yield from _against(project, name, merged, row, [(each, types[each.number]) for each in before])


def _type(project: Project, name: str, row: Row, merged: Merged) -> Record:
    data = merged.texts.get(row.number)
    if data is None:
        fix = "Restore its file from the commit that released it."
        raise AvowError(f"version {row.number} of {name} is listed, and its file is on neither side", fix=fix)
    try:
        return parsed(data)
    except ValueError as error:
        raise AvowError(f"is no frozen version: {error}", file=_file(project, name, row.number)) from None


def _against(
    project: Project, name: str, merged: Merged, row: Row, before: Sequence[tuple[Row, Record]]
) -> Iterator[Finding]:
    level = level_of(row.contract)
    live = [
        Previous(f"version {each.number}", type_, level_of(each.contract).name, each.number)
        for each, type_ in before
        if each.retired is msgspec.UNSET
    ]
    file = _file(project, name, row.number)
    contract = parsed(merged.texts[row.number])
    files = dict.fromkeys(named_types(contract), file)
    source = from_bytes(merged.texts[row.number], file)
    for verdict in pairs.judge(contract, files, level, level.held_against(live), project.settings.check):
        yield Finding(
            rule=verdict.rule,
            severity=verdict.severity,
            place=source.place(verdict.at),
            message=verdict.message,
            fix=f"Change {name} so that it goes with both, and release it once more; then run this again.",
        )


def _file(project: Project, name: str, number: int) -> str:
    return (PurePosixPath(project.settings.schemas) / "released" / name / f"{number}.avsc").as_posix()


def _write(project: Project, name: str, merged: Merged) -> Iterator[Released]:
    versions = [Version(**msgspec.structs.asdict(row), name=name) for row in merged.rows]
    before = {now: number for number, now in merged.moved.items()}
    for version in versions:
        if version.number in merged.texts:
            write_version(project, version, merged.texts[version.number].decode())
    write_list(project, name, versions, merged.continues)
    for version in versions:
        if version.number in before:
            file = _file(project, name, version.number)
            yield Released(name, version.number, file, before=before[version.number])
