"""Attributes of values whose type is not known: which types they may be of.

A parameter has the values that calls pass to it, a result and an attribute what is put there. Any other value may be
of a type that is named in the file, or in one that it is connected with by imports, other than to build it; and of
any type at all where events come in unnamed, from a broker's library or decoded without a class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from avow.index.catalogue import reach
from avow.index.conclude.callers import Callers
from avow.index.fact import Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Access
from avow.index.observe.sends import BROKERS


class Guesses:
    """Resolves the accesses of one world."""

    def __init__(self, known: Fixpoint) -> None:
        self._world = known.world
        self._contracts = known.world.contracts
        self._notes = known.notes
        self._callers = Callers(known)
        self._named: dict[frozenset[str], set[str]] = {}
        self._open: set[frozenset[str]] = set()
        self._reached: dict[str, frozenset[str]] = {}
        self._look_around()

    def _look_around(self) -> None:
        """Note what files that belong together name, and whether events come in there unnamed."""
        used: dict[frozenset[str], set[str]] = {}
        imported: dict[frozenset[str], set[str]] = {}
        for target, notes in self._notes.items():
            group = self._world.together[target.file]
            self._named.setdefault(group, set()).update(notes.mentions)
            used.setdefault(group, set()).update(notes.named)
            imported.setdefault(group, set()).update(notes.imported)
            if notes.is_open or not BROKERS.isdisjoint(self._world.libraries(target.file)):
                self._open.add(group)
        for group, names in imported.items():
            self._named[group] |= names - used[group]

    def facts(self) -> Iterator[Fact]:
        """Yield what may be read or written."""
        for notes in self._notes.values():
            for access in notes.accesses:
                for name in sorted(self._candidates(access)):
                    field = self._contracts.wire(name, access.attribute)
                    yield replace(access.fact, type=name, field=field)

    def _candidates(self, access: Access) -> frozenset[str]:
        having = frozenset(self._contracts.by_attribute.get(access.attribute, ()))
        passed = self._callers.all_passed(access.slots) if access.slots is not None else None
        if passed is not None:
            return having & self._along(passed, access.path)
        group = self._world.together[access.fact.file]
        if group in self._open:
            return having
        return having & self._along(self._named[group], access.path)

    def _along(self, names: Iterable[str], path: tuple[str, ...]) -> frozenset[str]:
        """Return what values of types hold behind attributes, as far as these are fields."""
        found = frozenset(inner for name in names for inner in self._reach(name))
        for attribute in path:
            owners = found.intersection(self._contracts.by_attribute.get(attribute, ()))
            held = [self._held(name, attribute) for name in owners]
            found = frozenset(inner for each in held for inner in each) or found
        return found

    def _held(self, name: str, attribute: str) -> tuple[str, ...]:
        field = self._contracts.catalogue[name].fields.get(self._contracts.wire(name, attribute))
        return field.records if field is not None else ()

    def _reach(self, name: str) -> frozenset[str]:
        if name not in self._reached:
            self._reached[name] = frozenset(reach(self._contracts.catalogue, name))
        return self._reached[name]
