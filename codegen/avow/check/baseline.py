"""Another state of the project's schemas, without a checkout of it: which files it has, and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha1
from pathlib import PurePosixPath

from msgspec import Struct

from avow.config import Settings
from avow.frozen import VERSIONS
from avow.load.files import SUFFIX
from avow.table import FILE

_FROZEN = re.compile(r"[^/]+/([0-9]+\.avsc|versions\.json)")


class Layout(Struct, frozen=True):
    """Where the schemas of a baseline are; folders are posix, without a slash at their end, "" for the top."""

    schemas: str
    released: str
    """The folder of the frozen versions."""
    generated: str = ""
    """The folder of the generated package, empty where it is not known: it holds no schemas."""

    def holds(self, path: str) -> bool:
        """Return whether a file is one of the schemas."""
        if not path.endswith(SUFFIX) or not _is_below(path, self.schemas):
            return False
        inner = path[len(self.schemas) + 1 :] if self.schemas else path
        hidden = inner.startswith(".") or "/." in inner
        skipped = (folder for folder in (self.released, self.generated) if folder)
        return not hidden and not any(_is_below(path, folder) for folder in skipped)

    def frozen_name(self, path: str) -> str:
        """Return a path as seen from the folder of frozen versions, empty where it is none of its files."""
        inner = path.removeprefix(f"{self.released}/") if _is_below(path, self.released) else ""
        return inner if _FROZEN.fullmatch(inner) else ""


class Files(Struct, frozen=True):
    """Some files of another state of the project, read when they are asked for."""

    digests: dict[str, str] = {}
    """Each file -> hexadecimal SHA-1 that git gives its content."""
    read: Callable[[Iterable[str]], dict[str, bytes]] = lambda names: {}
    """Return the bytes of some of the files."""


class Baseline(Struct, frozen=True):
    """Another state of the project."""

    label: str
    """What it was called by: `origin/main`, a folder, an archive."""
    note: str
    """What was taken, for people: `origin/main: commit 1a2b3c4d5e6f, where HEAD left it`; empty where plain."""
    schemas: Files
    """The schema files, by path."""
    released: Files
    """What was released, by path below the folder of frozen versions."""


def of_contents(label: str, where: Layout, files: Mapping[str, bytes]) -> Baseline:
    """Return a baseline of files that are in memory; what is neither schema nor released is left out."""
    schemas = {name: data for name, data in files.items() if where.holds(name)}
    released = {inner: data for name, data in files.items() if (inner := where.frozen_name(name))}
    return Baseline(label, "", in_memory(schemas), in_memory(released))


def in_memory(files: Mapping[str, bytes]) -> Files:
    """Return files whose content is known."""
    digests = {name: blob_id(data) for name, data in files.items()}
    return Files(digests, lambda names: {name: files[name] for name in names})


def matters(path: str) -> bool:
    """Return whether a file says anything of schemas: settings, a schema, a list of versions."""
    return path.rpartition("/")[2] in (FILE, VERSIONS) or path.endswith(SUFFIX)


def blob_id(data: bytes) -> str:
    """Return the name that git gives to a file's content."""
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def settings_in(data: bytes) -> Settings | None:
    """Return the folders that a pyproject.toml of another day names; None where it has no `[tool.avow]`.

    Settings that this avow does not know may stand there, and are none of today's business.
    """
    try:
        tool = tomllib.loads(data.decode()).get("tool")
    except (ValueError, RecursionError):
        return None
    table = tool.get("avow") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        return None
    return Settings(schemas=_path(table, "schemas"), generated=_path(table, "generated"))


def layout(settings: Settings, base: str = "") -> Layout:
    """Return where the schemas of a project are that stands in the folder ``base``."""
    top = f"{base}/" if base else ""
    folder = f"{top}{settings.schemas}" if settings.schemas != "." else base
    released = f"{folder}/released" if folder else "released"
    return Layout(folder, released, f"{top}{settings.generated}")


def layout_of(paths: Iterable[str], read: Callable[[str], bytes], settings: Settings) -> Layout:
    """Return where the schemas are in a folder or an archive that may hold a project, or only its schemas.

    Args:
        paths: All files, posix and relative.
        read: Returns the bytes of one of them.
        settings: Those of today, for where there are none beside the schemas.
    """
    paths = list(paths)
    for path in sorted((path for path in paths if PurePosixPath(path).name == FILE), key=_depth):
        found = settings_in(read(path))
        if found is not None:
            return layout(found, path.removesuffix(FILE).rstrip("/"))
    for path in sorted(paths, key=_depth):
        before, inside, _ = f"/{path}".rpartition(f"/{settings.schemas}/")
        if inside and path.endswith(SUFFIX):
            return layout(settings, before.strip("/"))
    return Layout("", "released")


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _path(table: dict[str, object], key: str) -> str:
    value = table.get(key)
    inside = isinstance(value, str) and value and ".." not in value.split("/") and not value.startswith("/")
    return PurePosixPath(str(value)).as_posix() if inside else key
