"""Read what is released, and see that it is what was released."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec

from avow.config import Project
from avow.errors import AvowError
from avow.finding import Finding, Place
from avow.frozen.history import Frozen, History, Row, Version, Versions
from avow.frozen.identity import checksum
from avow.load.limits import MAX_BYTES
from avow.load.source import from_bytes
from avow.runtime.errors import SchemaError
from avow.runtime.names import is_full_name
from avow.runtime.parse import parse
from avow.runtime.schema import Record

VERSIONS = "versions.json"
_FROZEN = re.compile(r"[0-9]+\.avsc")
_RESTORE = "Restore it from git; what is released never changes, and `avow release` makes a new version."


def read(project: Project, only: Iterable[str] | None = None) -> Frozen:
    """Return what is released. What is wrong with it is a finding.

    Args:
        project: Whose.
        only: Full names of contracts; None for all.

    Raises:
        AvowError: The folder cannot be listed.
    """
    folders: dict[str, _Folder] = {}
    present = _names(project)
    waiting = [*present] if only is None else [name for name in only if name in present]
    while waiting:
        name = waiting.pop()
        if name not in folders:
            folders[name] = _Folder(project, name)
            waiting += [folders[name].continues] if folders[name].continues in present else []
    histories = {name: _history(folder, folders) for name, folder in sorted(folders.items())}
    return Frozen(histories, [finding for _, folder in sorted(folders.items()) for finding in folder.findings])


def stamps(project: Project) -> list[tuple[str, int, int]]:
    """Return path, time and size of every file that is released: as long as they are the same, so is all of it."""
    found = []
    for name in _names(project):
        for entry in os.scandir(project.released / name):
            status = entry.stat()
            found.append((f"{name}/{entry.name}", status.st_mtime_ns, status.st_size))
    return sorted(found)


def _names(project: Project) -> set[str]:
    try:
        entries = list(os.scandir(project.released))
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        raise AvowError(f"cannot be read: {error.strerror}", file=project.name(project.released)) from None
    return {entry.name for entry in entries if is_full_name(entry.name) and entry.is_dir()}


def _history(folder: _Folder, by_name: dict[str, _Folder]) -> History:
    """Return the versions of a contract, those under its former names first."""
    line = [folder]
    while (before := by_name.get(line[0].continues)) is not None and before not in line:
        line.insert(0, before)
    versions = tuple(version for each in line for version in each.versions)
    return History(name=folder.name, file=folder.file, versions=versions, continues=folder.continues)


class _Folder:
    """What is released under one name."""

    def __init__(self, project: Project, name: str) -> None:
        self.name = name
        self.path = project.released / name
        self.file = project.name(self.path / VERSIONS)
        self.findings: list[Finding] = []
        content = self._content()
        self.continues = content.continues
        self.versions = [
            Version(**msgspec.structs.asdict(row), name=name, is_intact=self._is_intact(row))
            for row in content.versions
        ]
        self._find_unlisted({f"{row.number}.avsc" for row in content.versions})

    def _content(self) -> Versions:
        try:
            content = msgspec.json.decode(bytes_of(self.path / VERSIONS), type=Versions)
        except FileNotFoundError:
            self._add("RELEASE_MISSING", VERSIONS, f"the list of the released versions of {self.name} is missing")
            return Versions()
        except (OSError, ValueError) as error:
            what = f"the list of the released versions of {self.name} cannot be read: {_said(error)}"
            self._add("RELEASE_TAMPERED", VERSIONS, what)
            return Versions()
        numbers = [row.number for row in content.versions]
        if any(second != first + 1 for first, second in pairwise(numbers)):
            what = f"the released versions of {self.name} are numbered {', '.join(map(str, numbers))}"
            self._add("RELEASE_TAMPERED", VERSIONS, what)
        return content

    def _is_intact(self, row: Row) -> bool:
        name = f"{row.number}.avsc"
        try:
            found = checksum(bytes_of(self.path / name))
        except FileNotFoundError:
            self._add("RELEASE_MISSING", name, f"version {row.number} of {self.name} is missing")
            return False
        except OSError as error:
            self._add("RELEASE_TAMPERED", name, f"version {row.number} of {self.name} cannot be read: {_said(error)}")
            return False
        if found != row.checksum:
            self._add("RELEASE_TAMPERED", name, f"version {row.number} of {self.name} is not what was released")
        return found == row.checksum

    def _find_unlisted(self, listed: set[str]) -> None:
        """A release that was killed leaves a file without a row, which the next release overwrites."""
        for name in sorted(entry.name for entry in os.scandir(self.path)):
            if _FROZEN.fullmatch(name) and name not in listed:
                what = f"{name} is none of the released versions of {self.name}"
                fix = f"Restore {self.file} from git if a version is missing there, else remove this file."
                self._add("RELEASE_TAMPERED", name, what, fix)

    def _add(self, rule: str, name: str, message: str, fix: str = _RESTORE) -> None:
        folder = self.file.removesuffix(VERSIONS)
        place = Place(f"{folder}{name}", 1, 1)
        self.findings.append(Finding(rule=rule, severity="error", place=place, message=message, fix=fix))


def schema(project: Project, version: Version) -> Record:
    """Return the model of a frozen version.

    Raises:
        AvowError: Its file cannot be read.
    """
    path = project.released / version.name / f"{version.number}.avsc"
    try:
        return parsed(bytes_of(path))
    except (OSError, ValueError) as error:
        raise AvowError(f"is no frozen version: {_said(error)}", file=project.name(path), fix=_RESTORE) from None


@lru_cache(maxsize=4096)
def parsed(data: bytes) -> Record:
    """Return the model of a frozen version's text, worked out once. Raises ValueError."""
    source = from_bytes(data, "")
    if not source.parsed:
        raise ValueError(source.findings[0].message)
    type_ = parse(source.value)
    if not isinstance(type_, Record):
        raise ValueError(f"it defines a {type_.kind}")
    return type_


def bytes_of(path: Path) -> bytes:
    """Return the content of a file, no more of it than any schema has. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "the system does not say why"
    return " ".join(str(error).split()) if not isinstance(error, SchemaError) else error.problems[0]
