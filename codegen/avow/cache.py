"""The folder for what can be worked out anew: what makes it stale, and the locks in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_TOOL = Path(__file__).parent


def make_folder(path: Path) -> None:
    """Make the folder of the cache where it is not there, one that git ignores. Raises OSError."""
    path.mkdir(exist_ok=True)
    ignore = path / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")


def key_of(settings: Iterable[str], parts: Iterable[str]) -> str:
    """Return a key that changes with settings and with the sources of parts of the tool.

    Args:
        settings: Whatever else the cached work depends on.
        parts: Folders of the tool, such as `load`.
    """
    found = hashlib.blake2b(digest_size=16)
    for setting in settings:
        found.update(setting.encode() + b"\0")
    for part in parts:
        for entry in sorted(os.scandir(_TOOL / part), key=lambda entry: entry.name):
            if entry.is_file() and not entry.name.endswith(".pyc"):
                status = entry.stat()
                found.update(f"{part}/{entry.name} {status.st_mtime_ns} {status.st_size}".encode())
    return found.hexdigest()


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
