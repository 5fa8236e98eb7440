"""Folders as data: what they hold, and what of it was written anew."""

from __future__ import annotations

from pathlib import Path

CACHES = "__pycache__"


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by posix path, bytecode aside."""
    paths = (path for path in folder.rglob("*") if CACHES not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def folders(folder: Path) -> set[str]:
    """Return the folders below a folder, those of bytecode aside."""
    paths = (path for path in folder.rglob("*") if CACHES not in path.parts)
    return {path.relative_to(folder).as_posix() for path in paths if path.is_dir()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return time and inode of each file below a folder."""
    paths = ((path.relative_to(folder).as_posix(), path.lstat()) for path in folder.rglob("*") if not path.is_dir())
    return {path: (found.st_mtime_ns, found.st_ino) for path, found in paths}


def compiled(folder: Path, path: str) -> list[Path]:
    """Return the bytecode files of the module at a path below a folder."""
    module = folder / path
    return sorted((module.parent / CACHES).glob(f"{module.stem}.*.pyc"))
