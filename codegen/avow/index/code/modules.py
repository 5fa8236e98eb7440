"""Modules of the services: by which id the type checker knows a file, and which files an import means.

A file's id is its path from the project root, so two services may have modules of one name. An import may be
written from the root, from the folder of a side, or from the service's own folder, as if that were on Python's path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath
from zlib import crc32

from avow.config import Settings
from avow.index.code.parsing import Import
from avow.index.code.standard import is_standard

_INIT = "/__init__"


class Modules:
    """The modules that a set of files makes; names of files are relative to the project root."""

    def __init__(self, files: Iterable[str], settings: Settings) -> None:
        self._settings = settings
        self._files = {_key(name): name for name in files}

    def id(self, name: str) -> str:
        """Return the id of a file: dotted, each segment a name that Python can take."""
        return ".".join(_segment(part) for part in _key(name).split("/"))

    def depth(self, name: str) -> int:
        """Return how many dots a relative import in a file may have."""
        return _key(name).count("/") + name.endswith(f"{_INIT}.py")

    def meant(self, name: str, each: Import) -> Iterator[tuple[str, str]]:
        """Yield what of the repository an import in a file means: the dotted name as imported, and the file.

        Packages around a module are not meant: to import a module says nothing of what they hold.
        """
        for base, dotted in self._bases(name, each):
            found = list(self._at(base, dotted, each.names))
            if found:
                yield from found
                return

    def _bases(self, name: str, each: Import) -> Iterator[tuple[str, str]]:
        """Yield the folders to look in, and the dotted name to look for there."""
        here = PurePosixPath(name).parent
        if each.level:
            parents = (here, *here.parents)
            if each.level <= len(parents):
                yield _text(parents[each.level - 1]), each.module
        elif not is_standard(each.module) and each.module.partition(".")[0] != self._settings.package:
            for base in self._roots(name):
                yield base, each.module

    def _roots(self, name: str) -> Iterator[str]:
        """Yield where a file of a service may import from, its own folder first."""
        for side in (self._settings.producers, self._settings.consumers):
            path = PurePosixPath(name)
            if path.is_relative_to(side) and len(path.relative_to(side).parts) > 1:
                service = f"{side}/{path.relative_to(side).parts[0]}"
                here = path.parent.as_posix()
                yield from dict.fromkeys((here, f"{service}/src", service, side))
        yield from dict.fromkeys(("", self._settings.producers, self._settings.consumers))

    def _at(self, base: str, dotted: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        parts = [part for part in (base, dotted.replace(".", "/")) if part]
        key = "/".join(parts)
        if file := self._files.get(key):
            yield dotted, file
        elif key not in self._folders and key:
            return
        for inner in names:
            if file := self._files.get(f"{key}/{inner}" if key else inner):
                yield f"{dotted}.{inner}" if dotted else inner, file

    def around(self, name: str) -> Iterator[str]:
        """Yield the files of the packages that a module is in."""
        for parent in PurePosixPath(_key(name)).parents:
            file = self._files.get(parent.as_posix())
            if file and file != name:
                yield file

    @cached_property
    def _folders(self) -> set[str]:
        found: set[str] = set()
        for key in self._files:
            folder = key.rpartition("/")[0]
            while folder and folder not in found:
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return found


def _key(name: str) -> str:
    return name.removesuffix(".py").removesuffix(_INIT)


def _text(folder: PurePosixPath) -> str:
    return "" if folder == PurePosixPath() else folder.as_posix()


def _segment(part: str) -> str:
    """A folder's name as a segment of an id; what Python cannot import by its name gets one of its own."""
    if part.isidentifier() and part.isascii():
        return part
    return f"{re.sub('[^A-Za-z0-9]', '_', part)}_{crc32(part.encode()):08x}"
