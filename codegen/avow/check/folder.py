"""A folder as a baseline: a project, or only its schemas."""

from __future__ import annotations

import os
from pathlib import Path

from avow.check.baseline import Baseline, layout_of, matters, of_contents
from avow.config import Project
from avow.errors import AvowError
from avow.load.files import SUFFIX
from avow.load.limits import MAX_BYTES


def baseline(project: Project, label: str, path: Path) -> Baseline:
    """Return the schemas in a folder.

    Raises:
        AvowError: It holds none, or a file cannot be read.
    """
    names = _names(path)
    try:
        where = layout_of(names, lambda name: _read(path / name), project.settings)
        wanted = [name for name in names if where.holds(name) or where.frozen_name(name)]
        found = of_contents(label, where, {name: _read(path / name) for name in wanted})
    except OSError as error:
        raise AvowError(f"cannot be read: {error.strerror}", file=str(error.filename)) from None
    if not found.schemas.digests:
        fix = f"Name the folder of a project, or the folder with its {SUFFIX} files."
        raise AvowError(f"there are no schemas in the folder {label}", fix=fix)
    return found


def _names(top: Path) -> list[str]:
    """Return the files that matter, without hidden folders; links to folders are not followed."""
    found = []
    for here, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(here).relative_to(top)
        found += [(inside / name).as_posix() for name in sorted(names) if matters(name)]
    return found


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)  # what is larger is refused as every schema file is
