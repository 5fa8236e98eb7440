"""What schemas a repository has already: where they live, and what their full names have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from avow.load.source import read

_NOT_OURS = frozenset("build dist env generated node_modules out site-packages target vendor venv".split())
_TESTS = frozenset("test tests testdata fixtures".split())


class Found(msgspec.Struct, frozen=True):
    """The schemas of a repository, as settings can describe them."""

    count: int
    """Number of .avsc files."""
    schemas: str
    """The folder that holds them all, relative to the root."""
    namespace: str
    """What all full names begin with; empty where they share nothing."""
    mirrored: bool
    """Whether each file's path below `schemas` is the full name below `namespace`."""


def survey(root: Path, schemas: str = "", namespace: str | None = None) -> Found:
    """Look through a repository for .avsc files; one that cannot be read counts, but has no names.

    Args:
        root: The folder of the repository.
        schemas: Where to look, relative to the root; empty for everywhere but in tests and what tools write.
        namespace: The root namespace, where it is decided already.
    """
    files = sorted(_files(root / schemas))
    if not schemas:
        files = [file for file in files if not _TESTS & set(file.relative_to(root).parts)] or files
    names = {file.relative_to(root).as_posix(): _full_names(file) for file in files}
    spaces = [name.rpartition(".")[0] for found in names.values() for name in found]
    folder = schemas or _common([file.parent.relative_to(root).parts for file in files], "/")
    shared = _common([tuple(space.split(".")) for space in spaces], ".")
    if namespace is None:
        namespace = shared
        if shared in spaces:
            folder, namespace = _one_up(folder, shared, may_move=not schemas and _mirrors(names, folder, shared))
    return Found(len(files), folder or ".", namespace, _mirrors(names, folder, namespace))


def _one_up(folder: str, namespace: str, *, may_move: bool) -> tuple[str, str]:
    """Leave out the last segment of a namespace that holds types itself: their package gets its name."""
    rest, _, last = namespace.rpartition(".")
    above, _, name = folder.rpartition("/")
    return (above if may_move and above and name == last else folder), rest


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NOT_OURS and not name.startswith(".")]
        yield from (Path(here, name) for name in names if name.endswith(".avsc"))


def _full_names(file: Path) -> list[str]:
    value = read(file, file.name).value
    found = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else None
        if isinstance(item, dict) and isinstance(name, str):
            space = item.get("namespace")
            full = f"{space}.{name}" if isinstance(space, str) and space and "." not in name else name
            found.append(full)
    return found


def _common(paths: list[tuple[str, ...]], joint: str) -> str:
    """Return the beginning that all paths share."""
    same = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        same.append(parts[0])
    return joint.join(same)


def _mirrors(names: dict[str, list[str]], folder: str, namespace: str) -> bool:
    lead = f"{namespace}." if namespace else ""
    for file, found in names.items():
        where = PurePosixPath(file).relative_to(folder).with_suffix("").as_posix()
        # A file with a list of types has no one name that its path could mirror.
        if len(found) == 1 and where != found[0].removeprefix(lead).replace(".", "/"):
            return False
    return True
