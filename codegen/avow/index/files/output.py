"""Writing the index: what differs is written, each file in one step, and what is left over goes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from avow.index.files.page import NAME
from avow.index.files.text import FOLDER


class Changes(Struct, frozen=True):
    """What separates a folder from what it should hold, as sorted paths below it."""

    missing: list[str]
    different: list[str]
    left_over: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.left_over)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each path that differs, with what is the matter with it."""
        yield from ((path, "missing") for path in self.missing)
        yield from ((path, "differs") for path in self.different)
        yield from ((path, "left over") for path in self.left_over)


def compare(folder: Path, texts: Mapping[str, str]) -> Changes:
    """Return how the index in a folder differs from what it should be."""
    here = set(present(folder))
    different = [path for path in texts if path in here and not _holds(folder / path, texts[path])]
    return Changes(sorted(texts.keys() - here), sorted(different), sorted(here - texts.keys()))


def present(folder: Path) -> list[str]:
    """Return the paths of all files of the index in a folder, what a killed run left among them."""
    below = folder / FOLDER
    found = [f"{FOLDER}/{name}" for name in _names(below) if not (below / name).is_dir()]
    return [*found, *(name for name in _names(folder) if name == NAME or name.startswith(f".{NAME}."))]


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  # names are all that is needed
    except (FileNotFoundError, NotADirectoryError):
        return []


def _holds(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def apply(folder: Path, texts: Mapping[str, str], changes: Changes) -> None:
    """Make the changes. Raises OSError where a file cannot be written."""
    for path in changes.left_over:
        (folder / path).unlink(missing_ok=True)
    for path in (*changes.missing, *changes.different):
        _replace(folder / path, texts[path])
    below = folder / FOLDER
    if below.is_dir() and not any(below.iterdir()):
        below.rmdir()


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(text.encode())
    temporary.replace(path)
