"""What an update leaves for the next one, so that only what changed is looked at again.

The cache can be deleted at any time; one that is damaged, or from another version of avow or mypy, counts as none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

import avow
from avow.config import Project
from avow.index.catalogue import TypeRow
from avow.index.code.listing import Stamp
from avow.index.code.standard import mypy_folder
from avow.index.code.survey import Note
from avow.index.code.waivers import Waiver
from avow.index.fact import Edge, Fact
from avow.index.sealed import read

_TOOL = Path(avow.__file__).parent


class Kept(msgspec.Struct, array_like=True):
    """What was found for a unit whose files had this digest."""

    digest: str
    facts: list[Fact]
    edges: list[Edge]
    waivers: list[Waiver] = []


class State(msgspec.Struct):
    """All that is kept of a project: ``key`` names the tool, the settings and the generated package."""

    key: str
    schemas: dict[str, Stamp] = {}
    catalogue: dict[str, TypeRow] = {}
    outside: tuple[str, ...] = ()
    """First names of modules that services import and that are not in their folders."""
    libraries: tuple[str, ...] = ()
    """Files and folders at the root that bear such a name."""
    notes: dict[str, Note] = {}
    package: str = ""
    """Digest of the generated package and the catalogue: what units depend on besides their files."""
    units: dict[str, Kept] = {}


def key_of(project: Project) -> str:
    """Return a key that changes with the tool and the settings that matter to what it finds."""
    settings = project.settings
    found = hashlib.blake2b(digest_size=16)
    said = (settings.package, settings.namespace, settings.schemas, settings.generated)
    for each in (*said, settings.producers, settings.consumers, *settings.sends, avow.__version__):
        found.update(each.encode() + b"\0")
    found.update((mypy_folder() / "version.py").read_bytes())
    for path in _sources():
        status = path.stat()
        found.update(f"{path.name} {status.st_mtime_ns} {status.st_size}".encode())
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    for part, pattern in (("load", "*.py"), ("index", "*.py"), ("index", "*.pyi")):
        yield from sorted((_TOOL / part).rglob(pattern))


def load(path: Path, key: str) -> State:
    """Return what a file keeps; nothing where it is missing, damaged, or of another key."""
    try:
        state = msgspec.msgpack.decode(read(path), type=State)
    except (msgspec.MsgspecError, ValueError):
        return State(key)
    return state if state.key == key else State(key)
