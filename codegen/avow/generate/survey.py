"""Which schema files changed since the last run, by their stamps first and by their content where those differ."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from avow.generate.facts import Facts, FileFacts, Stamp, digest, stamp


class Survey(Struct, frozen=True):
    """The files of a tree: facts of those that are as they were, and what has to be read.

    ``stamps`` are those of the files to be read; ``gone`` holds the facts that hold no more.
    """

    files: dict[str, FileFacts]
    changed: list[str]
    stamps: dict[str, Stamp]
    gone: list[FileFacts]
    is_unchanged: bool


def survey(root: Path, files: Iterable[tuple[str, str]], known: Facts) -> Survey:
    """Return what of a tree is as the last run left it, and what is not.

    Args:
        root: The folder of the project.
        files: Path and name of each schema file.
        known: What the last run has left.
    """
    same: dict[str, FileFacts] = {}
    stamps: dict[str, Stamp] = {}
    is_unchanged = True
    for path, name in files:
        old = known.files.get(name)
        now = stamp_of(path)
        if old is None or (old.stamp != now and old.digest != _digest(path)) or not _are_as_before(root, old):
            stamps[name] = now
            continue
        if old.stamp != now:
            is_unchanged = False
            old.stamp = now
        same[name] = old
    gone = [facts for name, facts in known.files.items() if name not in same]
    return Survey(same, sorted(stamps), stamps, gone, is_unchanged and not stamps and not gone)


def _are_as_before(root: Path, old: FileFacts) -> bool:
    """Whether the upcasters beside a file are what they were."""
    return all(stamp_of(root / name) == before for name, before in old.upcasts.items())


def stamp_of(path: str | Path) -> Stamp:
    """Return the stamp of a file; zeros where it is not there."""
    try:
        return stamp(path)
    except OSError:
        return (0, 0, 0)


def _digest(path: str) -> str:
    """A digest of what a file holds; of one that cannot be read nothing is known, so it is always read."""
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return ""
