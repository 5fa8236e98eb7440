"""Which files `avow fmt` formats, and how a file is replaced."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from avow.config import Project
from avow.errors import AvowError

SUFFIX = ".avsc"


def select(paths: Iterable[Path], project: Project | None) -> list[Path]:
    """Return the schema files that paths mean, sorted: files as named, folders with all that is below.

    Frozen versions are left out, named or not: their checksums would no longer hold.

    Raises:
        AvowError: A path leads nowhere.
    """
    skipped = (project.released, project.generated) if project else ()
    chosen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            chosen.update(_below(path, skipped))
        elif path.exists():
            chosen.add(path)
        else:
            raise AvowError("there is no such file or folder", file=project.name(path) if project else path.as_posix())
    return sorted(path for path in chosen if not any(path.is_relative_to(folder) for folder in skipped))


def _below(folder: Path, skipped: tuple[Path, ...]) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        base = Path(here)
        folders[:] = [name for name in folders if not name.startswith(".") and base / name not in skipped]
        yield from (base / name for name in names if name.endswith(SUFFIX))


def replace(path: Path, text: str) -> None:
    """Give a file a new text, all of it or, whatever interrupts, none; the file's mode stays.

    Raises:
        OSError: The folder cannot be written to.
    """
    path = path.resolve()  # a link stays a link
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
