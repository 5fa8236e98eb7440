"""Which Python files a repository's services consist of, and which service a file belongs to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from avow.config import Project, Settings

Stamp: TypeAlias = tuple[int, int, int]
"""A file's modification time in nanoseconds, its size in bytes, its inode."""

LEADS_OUT: Stamp = (-1, -1, -1)
"""Stands for the stamp of a link that leads out of the project or to nothing: it is never read."""

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


def code_files(project: Project, libraries: Iterable[str] = ()) -> dict[str, Stamp]:
    """Return the stamp of each Python file of the services by its name, relative to the project root.

    Hidden files and folders are left out, and so are virtual environments and links to folders.

    Args:
        project: Whose services.
        libraries: Further files and folders at the root that services import, by name.
    """
    found: dict[str, Stamp] = {}
    roots = dict.fromkeys((project.settings.producers, project.settings.consumers, *libraries))
    for root in roots:
        if root.endswith(".py"):
            _add(project, root, found)
        else:
            found.update(_below(f"{project.root}/{root}", root, str(project.root)))
    return found


def service_of(name: str, settings: Settings) -> str:
    """Return the service that a file belongs to: the folder below producers/ or consumers/; else nothing."""
    path = PurePosixPath(name)
    for side in (settings.producers, settings.consumers):
        if path.is_relative_to(side):
            first = path.relative_to(side).parts[0]
            return first.removesuffix(".py") if first != "__init__.py" else ""
    return ""


def is_test(name: str) -> bool:
    """Return whether a file holds tests of a service, which say nothing of what the service does."""
    *folders, file = name.split("/")
    stem = file.removesuffix(".py")
    if stem.startswith("test_") or stem.endswith("_test") or stem == "conftest":
        return True
    return not {"tests", "test"}.isdisjoint(folders)


def _below(folder: str, prefix: str, top: str) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # there is none, or it cannot be listed: then no module in it can be imported either
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        name = entry.name
        if name[0] == "." or name in _SKIPPED:
            continue
        if name.endswith(".py"):
            yield f"{prefix}/{name}", _stamp(entry, top)
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{prefix}/{name}", top)


def _add(project: Project, name: str, found: dict[str, Stamp]) -> None:
    path = project.root / name
    if path.is_file() and not path.is_symlink():
        status = path.stat()
        found[name] = (status.st_mtime_ns, status.st_size, status.st_ino)


def _stamp(entry: os.DirEntry[str], top: str) -> Stamp:
    try:
        if entry.is_symlink() and not os.path.realpath(entry.path).startswith(f"{os.path.realpath(top)}/"):
            return LEADS_OUT
        status = entry.stat()
    except OSError:
        return LEADS_OUT
    return (status.st_mtime_ns, status.st_size, status.st_ino)
