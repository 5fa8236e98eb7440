"""`avow release`: judge what changed, then freeze it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from avow import frozen as released
from avow.cache import lock
from avow.check import judge
from avow.check.usage import Ask
from avow.config import Project
from avow.finding import Finding
from avow.frozen import History
from avow.load.tree import Tree, load
from avow.release import era
from avow.release.plan import Step, changed, step
from avow.release.write import write_list, write_version
from avow.runtime.schema import Record


class Released(Struct, frozen=True):
    """A version that was frozen."""

    name: str
    number: int
    file: str
    """Its frozen file, posix and relative to the project root."""
    stub: str = ""
    """The file of upcasters that waits to be completed, where an era began."""
    before: int = 0
    """The number that it had before, where it was numbered anew."""


class Result(Struct, frozen=True):
    """What a release came to: with errors among ``findings`` nothing was frozen."""

    findings: list[Finding]
    released: list[Released]


def release(
    project: Project,
    names: Sequence[str] = (),
    *,
    new_era: str = "",
    today: date | None = None,
    ask: Ask | None = None,
) -> Result:
    """Freeze the contracts that changed since their latest version.

    Args:
        project: Whose schemas.
        names: Full names of contracts, or their last parts; none for all.
        new_era: Name of the era that contracts begin which break what is live; empty where none may.
        today: The day of the release; None for that of the clock.
        ask: Finds out who uses the contracts, such as `avow.impact.usage` of the project; None to leave that out.

    Raises:
        AvowError: A name is not known, or the era's cannot be.
        OSError: A file cannot be written.
    """
    with lock(project.cache, "release"):
        return _release(project, names, new_era, today or date.today(), ask)


def _release(project: Project, names: Sequence[str], new_era: str, today: date, ask: Ask | None) -> Result:
    before, tree = released.read(project), load(project)
    if tree.findings:
        return Result(tree.findings, [])
    todo = changed(tree, before, names)
    begins = era.beginning(project, before, tree, todo, new_era, are_named=bool(names)) if new_era else set()
    steps = [step(contract, history, new_era if contract.name in begins else "", today) for contract, history in todo]
    only = {contract.name for contract, _ in todo}
    usage = ask(()) if ask and todo else None
    judged = only if names else None
    findings = judge(project, before, tree, new_eras=begins, only=judged, today=today, usage=usage)
    findings = [each for each in findings if not _is_overwritten(project, each, steps)]
    if any(each.severity == "error" for each in findings):
        return Result(findings, [])
    return Result(findings, [_freeze(project, tree, each) for each in steps])


def _is_overwritten(project: Project, finding: Finding, steps: Sequence[Step]) -> bool:
    """Return whether a finding is about what a killed release left, which this one writes anew."""
    files = (project.released / each.version.name / f"{each.version.number}.avsc" for each in steps)
    return finding.rule == "RELEASE_TAMPERED" and finding.place.file in {project.name(file) for file in files}


def _freeze(project: Project, tree: Tree, each: Step) -> Released:
    version, history = each.version, each.history
    file = write_version(project, version, each.text)
    versions = [*(history.versions if history else ()), version]
    is_renamed = history is not None and history.name != version.name
    continues = "" if history is None else history.name if is_renamed else history.continues
    write_list(project, version.name, versions, continues)
    stub = era.write_stub(project, tree, each) if each.begins_era else ""
    return Released(version.name, version.number, project.name(file), stub)


def unreleased(project: Project, names: Sequence[str] = ()) -> list[Finding]:
    """Return what would reach the wire unreleased: each contract that differs from its latest version.

    Raises:
        AvowError: A name is not known.
    """
    before, tree = released.read(project), load(project)
    if tree.findings:
        return tree.findings
    return [*before.findings, *(_unreleased(tree, *pair) for pair in changed(tree, before, names))]


def _unreleased(tree: Tree, contract: Record, history: History | None) -> Finding:
    latest = history.latest if history else None
    number = f"differs from version {latest.number}, its latest" if latest else "was never released"
    return Finding(
        rule="UNRELEASED_CHANGE",
        severity="error",
        place=tree.place(contract.name),
        message=f"{contract.name} {number}",
        fix="Run `avow release` and commit what it writes.",
    )
