"""The real schema repositories beside the checkout, as projects: every newest tree, and every version ever.

A version is a project of its own with the files that it refers to, transitively, as newest at its date. The
head of DRIVER-EU defines four names in two ways, so it is taken file by file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.inline import definitions, references
from tests.support.project import REPOSITORY

FILE_BY_FILE = frozenset({"DRIVER-EU__avro-schemas"})


class Project(NamedTuple):
    """Schema files by path; `main` is the one that the project is about, empty where it is the whole tree."""

    name: str
    files: dict[str, str]
    main: str

    @property
    def parses(self) -> bool:
        """Whether all of it is JSON at all: some real versions are not."""
        return all(json_of(text) is not _BROKEN for text in self.files.values())

    def documents(self) -> dict[str, Any]:
        """Return the JSON of each file that is JSON, the main one first."""
        parsed = {path: json_of(self.files[path]) for path in sorted(self.files, key=lambda path: path != self.main)}
        return {path: value for path, value in parsed.items() if value is not _BROKEN}


class _Version(NamedTuple):
    """A file's text at some date, and the names that it defines and needs."""

    path: str
    text: str
    date: str
    order: int
    defines: frozenset[str]
    needs: frozenset[str]


_BROKEN = object()


def folder() -> Path | None:
    """Return where the corpora are, or None where they are not."""
    found = REPOSITORY.parent / "shared" / "corpora"
    return found if found.is_dir() else None


def projects() -> Iterator[Project]:
    """Yield every head tree and every version of the corpora; nothing where they are absent."""
    yield from heads()
    yield from history()


def heads() -> Iterator[Project]:
    for corpus in _corpora():
        head = corpus / "head"
        files = {str(path.relative_to(head).as_posix()): _read(path) for path in sorted(head.rglob("*.avsc"))}
        if corpus.name in FILE_BY_FILE:
            yield from _one_by_one(corpus.name, files)
        else:
            yield Project(f"{corpus.name}/head", files, "")


def history() -> Iterator[Project]:
    for corpus in _corpora():
        versions = _versions(corpus)
        providers = _providers(versions)
        for version in versions:
            name = f"{corpus.name}/history/{version.path}@{version.order}"
            earlier = {key: [v for v in found if v.date <= version.date] for key, found in providers.items()}
            yield Project(name, _with_needs(version, earlier), version.path)


def _corpora() -> list[Path]:
    found = folder()
    return [] if found is None else sorted(path for path in found.iterdir() if path.is_dir())


def _one_by_one(corpus: str, files: Mapping[str, str]) -> Iterator[Project]:
    versions = [_version(path, text, "", 0) for path, text in files.items()]
    providers = _providers(versions)
    for version in versions:
        yield Project(f"{corpus}/head/{version.path}", _with_needs(version, providers), version.path)


def _versions(corpus: Path) -> list[_Version]:
    """Read the versions in the order of the index, which the names in `history/` repeat."""
    found = []
    for order, line in enumerate((corpus / "index.jsonl").read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        stem = row["schema"].removesuffix(".avsc")
        path = corpus / "history" / stem / f"{row['n']:03d}_{row['date']}_{row['commit'][:8]}.avsc"
        found.append(_version(row["schema"], _read(path), row["date"], order))
    return found


def _version(path: str, text: str, date: str, order: int) -> _Version:
    value = json_of(text)
    if value is _BROKEN:
        return _Version(path, text, date, order, frozenset(), frozenset())
    defines = frozenset(definitions(value))
    return _Version(path, text, date, order, defines, frozenset(references(value)) - defines)


def _providers(versions: Iterable[_Version]) -> dict[str, list[_Version]]:
    """Return, for each full name, the versions that define it, the newest first."""
    found: dict[str, list[_Version]] = {}
    for version in sorted(versions, key=lambda version: (version.date, version.order), reverse=True):
        for name in version.defines:
            found.setdefault(name, []).append(version)
    return found


def _with_needs(version: _Version, providers: Mapping[str, list[_Version]]) -> dict[str, str]:
    """Return a version's file and, transitively, one file for each name that is not defined yet."""
    files = {version.path: version.text}
    defined, waiting = set(version.defines), sorted(version.needs)
    while waiting:
        name = waiting.pop(0)
        if name in defined:
            continue
        found = next((v for v in providers.get(name, []) if v.path not in files), None)
        if found is not None:
            files[found.path] = found.text
            defined |= found.defines
            waiting.extend(sorted(found.needs))
    return files


@cache
def json_of(text: str) -> Any:
    """Return the JSON of a file, or a mark where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return _BROKEN


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
