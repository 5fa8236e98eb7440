"""Writing the package so that no kill at any moment leaves a mixture that imports.

While more than one file changes, the package's ``__init__`` refuses to be imported and says why; the real
one comes last. Each file is written beside its place and renamed into it. Bytecode of what changes is removed,
and a file never keeps the second and the size by which Python would take old bytecode for the new file's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from avow.generate.facts import Stamp, stamp


class Changes(Struct, frozen=True):
    """What separates a folder from what it should hold, as sorted paths below it."""

    missing: list[str]
    different: list[str]
    left_over: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.left_over)


def compare(folder: Path, texts: Mapping[str, str], present: Iterable[str], expected: set[str]) -> Changes:
    """Return how ``folder`` differs: ``texts`` are new, ``present`` is there, ``expected`` is all that should be."""
    here = set(present)
    different = [path for path in texts if path in here and not _holds(folder / path, texts[path])]
    missing = [path for path in texts if path not in here]
    return Changes(sorted(missing), sorted(different), sorted(here - expected))


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def apply(folder: Path, texts: Mapping[str, str], changes: Changes, refusing: tuple[str, str]) -> None:
    """Make the changes. ``refusing`` is the path and text of the package's ``__init__`` in the meantime."""
    guard, text = refusing
    written = [*changes.missing, *changes.different]
    is_guarded = len(written) + len(changes.left_over) > 1
    if is_guarded:
        _write(folder / guard, text)
        written = [path for path in written if path != guard] + [guard]
    for path in changes.left_over:
        _remove(folder / path)
    missing = frozenset(changes.missing)
    for path in written:
        if is_guarded and path in missing and path != guard:
            _create(folder / path, texts[path])
        else:
            _write(folder / path, texts[path])


def stamps(folder: Path, package: str) -> dict[str, Stamp]:
    """Return the stamps of the files that the generator owns: all of its package, and its pyproject.toml."""
    found = dict(_below(folder / package, package))
    project = folder / "pyproject.toml"
    if project.is_file():
        found["pyproject.toml"] = stamp(project)
    return found


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _below(Path(entry.path), path)
        else:
            yield path, stamp(entry)


def _create(path: Path, text: str) -> None:
    """Write a file that was not there: while the package refuses to be imported, half of it harms nobody."""
    try:
        path.write_bytes(text.encode())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    _forget_bytecode(path)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    _create(temporary, text)
    _keep_apart(path, temporary)
    temporary.replace(path)
    _forget_bytecode(path)


def _keep_apart(old: Path, new: Path) -> None:
    """Give a new file another time where second and size are those of the file that it replaces."""
    try:
        before = old.stat()
    except FileNotFoundError:
        return
    after = new.stat()
    if int(before.st_mtime) == int(after.st_mtime) and before.st_size == after.st_size:
        later = after.st_mtime_ns + 1_000_000_000
        os.utime(new, ns=(later, later))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _forget_bytecode(path)
    for folder in (path.parent / "__pycache__", path.parent):
        try:
            folder.rmdir()
        except OSError:
            return


def _forget_bytecode(path: Path) -> None:
    """Remove what any Python compiled a module to."""
    try:
        compiled = list(os.scandir(path.parent / "__pycache__"))
    except FileNotFoundError:
        return
    for entry in compiled:
        if entry.name.startswith(f"{path.stem}."):
            Path(entry.path).unlink(missing_ok=True)
