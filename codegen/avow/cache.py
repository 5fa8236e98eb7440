"""The folder for what can be worked out anew, and the locks in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make the folder of the cache where it is not there, one that git ignores. Raises OSError."""
    path.mkdir(exist_ok=True)
    ignore = path / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


@contextmanager
def lock(folder: Path, verb: str) -> Iterator[None]:
    """Wait until no other run of a command holds the lock of a project, and hold it.

    Two that write the same files could leave a mixture of what each of them read. The system lets go of the lock
    when a process ends, however it ends. Where the system has no such locks, or the folder cannot be written, runs
    are not kept apart.

    Args:
        folder: That of the cache.
        verb: The command, such as `generate`.
    """
    try:
        import fcntl

        make_folder(folder)
        file = os.open(folder / f"{verb}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
