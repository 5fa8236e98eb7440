"""What is analysed together: a service, the modules of it that matter, and all of the repository that these import.

A module matters if it names the generated package, or imports one that matters. Nothing else can touch a contract. One
that loads modules by name is taken to import all of its service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from avow.config import Settings
from avow.index.code.files import is_of_services, service_of
from avow.index.code.modules import Modules
from avow.index.code.survey import Note


class Unit(Struct, frozen=True):
    """The files of one service; its facts depend on nothing but these and the generated package."""

    service: str
    files: tuple[str, ...]
    """All that is analysed, files of libraries included, by name."""
    unreadable: tuple[str, ...]
    """Files among these that are not Python or cannot be read."""

    def digest(self, notes: Mapping[str, Note]) -> str:
        """Return a digest of all that the facts of the unit come from."""
        found = hashlib.blake2b(digest_size=16)
        for name in self.files:
            found.update(name.encode("utf-8", "surrogateescape") + b"\0" + notes[name].digest)
        for name in self.unreadable:
            found.update(f"{name}\0{notes[name].problem}\0{notes[name].line}".encode("utf-8", "surrogateescape"))
        return found.hexdigest()


class Graph:
    """Which file imports which."""

    def __init__(self, notes: Mapping[str, Note], settings: Settings) -> None:
        self.modules = Modules(notes, settings)
        self.imports: dict[str, set[str]] = {}
        self.outside: dict[str, set[str]] = {}
        """The first names of the modules that a file imports and that are none of these files."""
        for name, note in notes.items():
            if note.imports:
                self._add(name, note)
        self._add_loaded(notes, settings)

    def _add_loaded(self, notes: Mapping[str, Note], settings: Settings) -> None:
        loading = [name for name, note in notes.items() if note.loads and is_of_services(name, settings)]
        services = {service_of(name, settings) for name in loading}
        own: dict[str, set[str]] = {}
        for name in notes if services else ():
            if is_of_services(name, settings) and (service := service_of(name, settings)) in services:
                own.setdefault(service, set()).add(name)
        for name in loading:
            self.imports[name] = self.imports.get(name, set()) | own[service_of(name, settings)] - {name}

    def _add(self, name: str, note: Note) -> None:
        found, outside = set[str](), set[str]()
        for each in note.imports:
            files = {file for _, file in self.modules.meant(name, each)}
            found |= files
            if not files and not each.level:
                outside.add(each.module.partition(".")[0])
        self.imports[name] = found - {name}
        self.outside[name] = outside

    def importers(self, names: Iterable[str]) -> set[str]:
        """Return files and all that import them, at any remove."""
        back: dict[str, set[str]] = {}
        for name, imported in self.imports.items():
            for each in imported:
                back.setdefault(each, set()).add(name)
        return _reach(names, back)

    def imported(self, names: Iterable[str]) -> set[str]:
        """Return files and all that they import, at any remove, with the packages around."""
        found: set[str] = set()
        waiting = set(names)
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting |= {*self.imports.get(name, ()), *self.modules.around(name)} - found
        return found


def units(notes: Mapping[str, Note], graph: Graph, settings: Settings) -> list[Unit]:
    """Return the units of all services, by the names of these; services without code that matters have none."""
    own: dict[str, set[str]] = {}
    matters = (name for name, note in notes.items() if note.mentions or note.problem)
    for name in graph.importers(matters):
        if is_of_services(name, settings):
            own.setdefault(service_of(name, settings), set()).add(name)
    return [_unit(service, graph.imported(own[service]), notes) for service in sorted(own)]


def _unit(service: str, files: Iterable[str], notes: Mapping[str, Note]) -> Unit:
    readable = (name for name in files if not notes[name].problem)
    unreadable = (name for name in files if notes[name].problem)
    return Unit(service, tuple(sorted(readable)), tuple(sorted(unreadable)))


def _reach(names: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= edges.get(name, set()) - found
    return found


def components(edges: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return for each node all nodes that it is connected with, in either direction, itself included."""
    both: dict[str, set[str]] = {name: set() for name in edges}
    for name, others in edges.items():
        for other in others:
            if other in both:
                both[name].add(other)
                both[other].add(name)
    found: dict[str, frozenset[str]] = {}
    for name in edges:
        if name not in found:
            whole = frozenset(_reach([name], both))
            found.update(dict.fromkeys(whole, whole))
    return found
