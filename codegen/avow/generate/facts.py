"""What a run of the generator leaves for the next one, so that unchanged schemas need not be read again.

The cache can be deleted at any time, and one from another version of avow counts as none.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TypeAlias

import msgspec

from avow.cache import make_folder

Stamp: TypeAlias = tuple[int, int, int]
"""A file's modification time in nanoseconds, its size in bytes, its inode."""

PARTS = ("generate", "runtime", "load", "frozen")
"""Folders of the tool that facts depend on."""


class VersionFacts(msgspec.Struct, frozen=True):
    """An older version of a contract: ``reader`` is the type that its decoder makes, ``lifts`` what follows."""

    contract: str
    number: int
    fingerprint: int
    reader: str
    lifts: tuple[str, ...]
    """Functions of the contract's upcasters, in the order in which they are called."""


class Travel(msgspec.Struct, frozen=True):
    """How a contract travels: its channel, the attributes that lead to its key, and how long it is kept.

    ``retention`` is in seconds, 0 for ever. A query is asked, and has a channel alone.
    """

    channel: str
    key: list[str]
    partitions: int
    retention: int
    is_query: bool = False


class FileFacts(msgspec.Struct):
    """What the generator knows of one schema file.

    ``units`` gives for each type of its own the outermost definition around it, ``defines`` the names of these
    and of the types that it only repeats, ``refers`` the full names it mentions, ``fingerprints`` those of its
    outermost types. Of its ``contracts``, ``eras`` gives for each type of an older era the root of that,
    ``upcasts`` the stamp of the file of upcasters that each of them with an older era should have. ``travels`` says how
    contracts do.
    """

    stamp: Stamp
    digest: str
    units: dict[str, str]
    defines: list[str]
    refers: list[str]
    fingerprints: dict[str, int]
    contracts: list[str] = []
    eras: dict[str, str] = {}
    upcasts: dict[str, Stamp] = {}
    versions: list[VersionFacts] = []
    travels: dict[str, Travel] = {}


class Facts(msgspec.Struct):
    """All facts of one project: ``key`` names the tool and the settings, ``outputs`` stamps what was written."""

    key: str
    files: dict[str, FileFacts] = {}
    outputs: dict[str, Stamp] = {}


def stamp(path: str | Path | os.DirEntry[str]) -> Stamp:
    """Return the stamp of a file that exists."""
    found = os.stat(path)  # noqa: PTH116 (it may be any of the three)
    return found.st_mtime_ns, found.st_size, found.st_ino


def digest(content: bytes) -> str:
    """Return a digest of a file's content."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def load(path: Path, key: str) -> Facts:
    """Return the facts that a file holds; none where it is missing, damaged, or of another key."""
    try:
        facts = msgspec.json.decode(path.read_bytes(), type=Facts)
    except (OSError, msgspec.MsgspecError, ValueError):
        return Facts(key)
    return facts if facts.key == key else Facts(key)


def save(path: Path, facts: Facts) -> None:
    """Write facts in one step; a cache that cannot be written is no error."""
    try:
        make_folder(path.parent)
        temporary = path.with_suffix(".new")  # always the same, so that what a kill leaves is overwritten
        temporary.write_bytes(msgspec.json.encode(facts))
        temporary.replace(path)
    except OSError:
        pass
