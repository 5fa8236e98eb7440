"""Which Python files folders hold, with the stamps that tell when one is not as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeAlias

from avow.config import Project

Stamp: TypeAlias = tuple[int, int, int]
"""A file's modification time in nanoseconds, its size in bytes, its inode."""

LEADS_OUT: Stamp = (-1, -1, -1)
"""Stands for the stamp of a link that leads out of the project or to nothing: it is never read."""

NO_TEXT: Stamp = (-2, -2, -2)
"""Stands for the stamp of a file whose name is not text: it is never read either."""

Row: TypeAlias = tuple[str, int, int, int]
"""A file's name within its folder, and its stamp."""

Folders: TypeAlias = dict[str, list[Row]]
"""The files of each folder; its name ends in a slash, and is empty for the root."""

Waiting: TypeAlias = list[tuple[str, str]]
"""Folders that are still to be listed: the path, and the name relative to the project root."""

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


def begin(project: Project, libraries: Iterable[str]) -> tuple[Folders, Waiting]:
    """List the folders of the services, and what there is at the root under the names of ``libraries``."""
    found: Folders = {}
    waiting: Waiting = []
    top = str(project.root)
    for root in dict.fromkeys((project.settings.producers, project.settings.consumers, *libraries)):
        path = f"{top}/{root}"
        if not root.endswith(".py"):
            _list(path, f"{root}/", top, found, waiting)
        elif os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113, PTH114  # a path to make is slower
            found.setdefault("", []).append((root, *stamp(path)))
    return found, waiting


def go_on(project: Project, waiting: Waiting) -> Folders:
    """List folders and all folders in them.

    Hidden files and folders are left out, and so are virtual environments and links to folders.
    """
    found: Folders = {}
    top = str(project.root)
    waiting = [*waiting]
    while waiting:
        path, name = waiting.pop()
        _list(path, name, top, found, waiting)
    return found


def _list(folder: str, name: str, top: str, found: Folders, waiting: Waiting) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # there is none, or it cannot be listed: then no module in it can be imported either
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    own = found[name] = []
    for entry in entries:
        file = entry.name
        if file[0] == "." or file in _SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            waiting.append((entry.path, f"{name}{_shown(file)}/"))
        elif file.endswith(".py"):
            own.append(_row(entry, file, top))


def _row(entry: os.DirEntry[str], file: str, top: str) -> Row:
    """Return the row of a file; one whose name is no text cannot be imported, and is not read."""
    if not file.isascii() and _shown(file) != file:
        return (_shown(file), *NO_TEXT)
    if entry.is_symlink() and not _is_within(entry.path, top):
        return (file, *LEADS_OUT)
    try:
        status = entry.stat()
    except OSError:
        return (file, *LEADS_OUT)
    return (file, status.st_mtime_ns, status.st_size, status.st_ino)


def _shown(name: str) -> str:
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode()


def _is_within(path: str, top: str) -> bool:
    return os.path.realpath(path).startswith(f"{os.path.realpath(top)}/")


def stamp(path: str) -> Stamp:
    """Return the stamp of a file."""
    try:
        status = os.stat(path)  # noqa: PTH116  # for thousands of files the detour by Path shows
    except OSError:
        return LEADS_OUT
    return (status.st_mtime_ns, status.st_size, status.st_ino)
