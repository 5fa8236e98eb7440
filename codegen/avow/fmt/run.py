"""Format the schema files of a project, or those named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from avow.config import Project
from avow.finding import Finding
from avow.fmt.files import replace, select
from avow.fmt.layout import format_text
from avow.load.source import read


class Result(msgspec.Struct, frozen=True):
    """What formatting has done, or would do."""

    files: int
    """How many were looked at."""
    changed: tuple[str, ...]
    """Names of those that were not in the one layout."""
    findings: tuple[Finding, ...]
    """Why the others could not be formatted."""


def run(start: Path, paths: Sequence[Path], project: Project | None, *, check: bool = False) -> Result:
    """Format files; one that is no JSON is a finding, and hides no other.

    Args:
        start: Absolute path of the folder that relative paths start from.
        paths: Files and folders; none for all schemas of the project.
        project: Whose schemas, and whose frozen versions, which are left alone; None outside of one.
        check: Write nothing.

    Raises:
        AvowError: A path leads nowhere.
        OSError: A file cannot be replaced.
    """
    chosen = [Path(os.path.normpath(start / path)) for path in paths] or ([project.schemas] if project else [])
    base = project.root if project else start
    changed: list[str] = []
    findings: list[Finding] = []
    files = select(chosen, project)
    for file in files:
        name = file.relative_to(base).as_posix() if file.is_relative_to(base) else file.as_posix()
        source = read(file, name)
        findings += source.findings
        if not source.findings and _format(file, source.text, check=check):
            changed.append(name)
    return Result(len(files), tuple(changed), tuple(findings))


def _format(file: Path, before: str, *, check: bool) -> bool:
    """Return whether a file was not in the layout, and unless told not to, bring it there."""
    after = format_text(before)
    if after == before:
        return False
    if not check:
        replace(file, after)
    return True
