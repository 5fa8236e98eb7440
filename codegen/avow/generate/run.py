"""`avow generate`: load what changed, render what that touches, write what differs.

result = run(project)
result.findings  # errors in the schemas; nothing was written then
result.changes   # what was written, or would have been
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from msgspec import Struct

from avow.cache import key_of, lock
from avow.config import Project
from avow.finding import Finding
from avow.frozen import stamps
from avow.generate import facts as facts_of
from avow.generate import output
from avow.generate.facts import Facts
from avow.generate.output import Changes
from avow.generate.survey import Survey, survey
from avow.load.files import schema_files


class Result(Struct, frozen=True):
    """What a run found: ``findings`` are errors in schemas; ``changes`` are paths below the generated folder."""

    findings: list[Finding]
    changes: Changes
    types: int


def run(project: Project, *, check: bool = False) -> Result:
    """Bring the generated package up to date, or only say how far it is from that.

    Args:
        project: Whose schemas.
        check: Write nothing.

    Raises:
        ConfigError: There is no folder of schemas.
        OSError: A file cannot be written.
    """
    if check:
        return _run(project, check)
    with alone(project):
        return _run(project, check)


def alone(project: Project) -> AbstractContextManager[None]:
    """Wait until no other run writes into the folder of the package, and let none meanwhile."""
    return lock(project.cache, "generate")


def _run(project: Project, check: bool) -> Result:
    settings = project.settings
    cache = project.cache / "generate.json"
    released = str(stamps(project))  # what is released changes rarely: then all is generated anew
    chosen = " ".join(settings.integrations)
    key = key_of((settings.package, settings.namespace, settings.schemas, chosen, released), facts_of.PARTS)
    known = facts_of.load(cache, key)
    present = output.stamps(project.generated, settings.package)
    found = survey(project.root, schema_files(project), known)
    if found.is_unchanged and present == known.outputs:
        return Result([], Changes([], [], []), sum(len(file.units) for file in found.files.values()))
    return _bring_up(project, found, known, present, check)


def _bring_up(project: Project, found: Survey, known: Facts, present: dict[str, facts_of.Stamp], check: bool) -> Result:
    from avow.generate.build import build  # the generator proper, which an unchanged tree does not need

    touched = {path for path, stamp in present.items() if known.outputs.get(path) != stamp}
    touched |= known.outputs.keys() - present.keys()
    built = build(project, found, touched)
    if built.findings:
        return Result(built.findings, Changes([], [], []), 0)
    changes = output.compare(project.generated, built.texts, present, built.expected)
    if check:
        return Result([], changes, built.types)
    if changes:
        output.apply(project.generated, built.texts, changes, built.refusing)
    written = output.stamps(project.generated, project.settings.package)
    cache = project.cache / "generate.json"
    facts_of.save(cache, Facts(known.key, built.files, written))
    return Result([], changes, built.types)


def paths(changes: Changes) -> Iterable[tuple[str, str]]:
    """Yield each path that differs, with what is the matter with it."""
    yield from ((path, "missing") for path in changes.missing)
    yield from ((path, "differs") for path in changes.different)
    yield from ((path, "left over") for path in changes.left_over)
