"""The schema files of a tree as bytes, and what each defines and mentions, as far as anybody asks."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from avow.check.baseline import blob_id
from avow.config import Project
from avow.load.files import refusal, schema_files
from avow.load.inspect import Facts, facts
from avow.load.limits import MAX_BYTES
from avow.load.source import Source, from_bytes
from avow.runtime.schema import short_name

_NOTHING = Facts(frozenset(), frozenset())
_WORD = re.compile(rb'[".]([A-Za-z_][A-Za-z0-9_]*)"')
_MANY = 8
"""Names that are sought one by one; for more it is cheaper to take all words of all files."""


class Corpus:
    """Schema files by name. A file is parsed when it is asked about."""

    def __init__(self, data: Mapping[str, bytes], unread: Collection[str] = ()) -> None:
        self.data = dict(data)
        self._unread = unread
        self._sources: dict[str, Source] = {}
        self._facts: dict[str, Facts] = {}

    def joined(self, other: Corpus, names: Mapping[str, str]) -> Corpus:
        """Return the files of both; what is known of them already is not worked out again.

        Args:
            other: The other corpus.
            names: New name -> name there, of the files to be taken.
        """
        both = Corpus({**self.data, **{new: other.data[name] for new, name in names.items()}})
        both._sources.update(self._sources)
        both._facts.update(self._facts)
        both._facts.update({new: other._facts[name] for new, name in names.items() if name in other._facts})
        return both

    @cached_property
    def digests(self) -> dict[str, str]:
        """Each file -> the name that git gives to its content."""
        return {name: blob_id(data) for name, data in self.data.items()}

    def source(self, name: str) -> Source:
        """Return a file with its JSON."""
        if name not in self._sources:
            self._sources[name] = from_bytes(self.data[name], name)
        return self._sources[name]

    def loaded(self, name: str) -> Source | None:
        """Return a file for the loader; None where it has not been read, which the loader has to explain."""
        return self.source(name) if name in self.data and name not in self._unread else None

    def facts(self, name: str) -> Facts:
        """Return what a file defines and refers to; nothing where it is no JSON."""
        if name not in self._facts:
            source = self.source(name)
            self._facts[name] = facts(source.value) if source.parsed else _NOTHING
        return self._facts[name]

    def closure(self, names: Iterable[str]) -> set[str]:
        """Return files with all files that they refer to, at any remove, and all that define the same types."""
        wanted: set[str] = set()
        waiting = set(names)
        sought: set[str] = set()
        while waiting:
            wanted |= waiting
            mentioned = {full for name in waiting for full in self.facts(name).references}
            defined = {full for name in wanted for full in self.facts(name).definitions}
            missing = mentioned - defined - sought
            sought |= missing
            waiting = {name for full in missing for name in self._home(full)} - wanted
        return wanted

    def _home(self, full: str) -> list[str]:
        """Return the files that define a type: first those of its name, since paths commonly mirror names."""
        near = [name for name in self._stems.get(short_name(full), ()) if full in self.facts(name).definitions]
        if near:
            return near
        return [name for name in sorted(self.mentioning({short_name(full)})) if full in self.facts(name).definitions]

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        stems: dict[str, list[str]] = {}
        for name in self.data:
            stems.setdefault(PurePosixPath(name).stem, []).append(name)
        return stems

    def mentioning(self, shorts: set[str]) -> set[str]:
        """Return the files in which a name stands, and perhaps more: those whose text is escaped."""
        if len(shorts) > _MANY:
            words = {short.encode() for short in shorts}
            return self._escaped | {name for name, said in self._words.items() if not words.isdisjoint(said)}
        sought = [f'{short}"'.encode() for short in shorts]
        return self._escaped | {name for name, data in self.data.items() if any(each in data for each in sought)}

    @cached_property
    def _words(self) -> dict[str, list[bytes]]:
        return {name: _WORD.findall(data) for name, data in self.data.items()}

    @cached_property
    def _escaped(self) -> set[str]:
        return {name for name, data in self.data.items() if b"\\u" in data}

    def touched(self, changed: Iterable[str], names: Iterable[str]) -> set[str]:
        """Return the files whose meaning a change touches: they mention what changed, at any remove.

        Args:
            changed: The files that differ.
            names: Full names of the types that differ and are defined in no file here any more.
        """
        found = set(changed)
        dirty = {*names, *(full for name in found for full in self.facts(name).definitions)}
        while dirty:
            near = self.mentioning({short_name(full) for full in dirty}) - found
            hit = {name for name in near if not dirty.isdisjoint(self.facts(name).references)}
            found |= hit
            dirty = {full for name in hit for full in self.facts(name).definitions}
        return found


def working(project: Project) -> Corpus:
    """Read the schema files of a project. What is not to be read, or cannot be, is empty here: the loader says why.

    Raises:
        ConfigError: There is no folder of schemas.
    """
    data = {}
    unread = set()
    for path, name in schema_files(project):
        try:
            data[name] = b"" if refusal(project, path, name) else _content(path)
        except OSError:
            data[name] = b""
        if not data[name]:
            unread.add(name)
    return Corpus(data, unread)


def _content(path: str) -> bytes:
    """Return the content of a regular file; nothing of others, which could make the reader wait. Raises OSError."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 (paths of a thousand files take their time)
        return b""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read(MAX_BYTES + 1)
