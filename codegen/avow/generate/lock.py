"""One run at a time: two that write the same package could leave a mixture of what each of them read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from avow.generate.facts import make_folder


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Wait until no other run holds the lock of a project, and hold it.

    The system lets go of it when a process ends, however it ends. Where the system has no such locks, or the
    folder cannot be written, runs are not kept apart.

    Args:
        folder: That of the cache.
    """
    try:
        import fcntl

        make_folder(folder)
        file = os.open(folder / "generate.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except (ImportError, OSError):
        yield
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
