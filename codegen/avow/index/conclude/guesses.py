"""Attributes of values whose type is not known: which types they may be of.

A parameter has the values that calls pass to it, a result and an attribute what is put there. Any other value may be
of a type that is named in the file, or in one that it is connected with by imports, other than to build it; if none of
these has such an attribute, of one that is built there; and of any type at all where events come in unnamed, from a
broker's library or decoded without a class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from avow.index.catalogue import reach
from avow.index.conclude.callers import Callers
from avow.index.fact import WHOLE, Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Access, Notes
from avow.index.observe.sends import BROKERS


class Guesses:
    """Resolves the accesses of one world."""

    def __init__(self, known: Fixpoint) -> None:
        self._world = known.world
        self._contracts = known.world.contracts
        self._notes = known.notes
        self._callers = Callers(known)
        self._named: dict[frozenset[str], set[str]] = {}
        self._built: dict[frozenset[str], set[str]] = {}
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
            built = {fact.type for fact in notes.facts if fact.kind == "construct"}
            self._built.setdefault(group, set()).update(built)
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
                if access.attribute == WHOLE:
                    yield from (replace(access.fact, type=name) for name in sorted(self._whole(access, notes)))
                    continue
                for name in sorted(self._candidates(access)):
                    field = self._contracts.wire(name, access.attribute)
                    yield replace(access.fact, type=name, field=field)

    def _whole(self, access: Access, notes: Notes) -> set[str]:
        """Return the contracts that a value may be which is looked at as a whole.

        Its attributes tell, where some are used by their names; else it may be of any that is named nearby. What is
        passed to a parameter of the services is known to escape already.
        """
        if access.slots is not None and self._callers.all_passed(access.slots) is not None:
            return set()
        beside = [each for each in notes.accesses if each.attribute != WHOLE and _is_of(access, each)]
        if beside:
            return {name for each in beside for name in self._candidates(each)}
        group = self._world.together[access.fact.file]
        return set(self._along(self._named[group], access.path)) if access.path else self._named[group]

    def _candidates(self, access: Access) -> frozenset[str]:
        having = frozenset(self._contracts.by_attribute.get(access.attribute, ()))
        passed = self._callers.all_passed(access.slots) if access.slots is not None else None
        if passed is not None and (not access.path or self._begins(passed, access.path[0])):
            return having & self._along(passed, access.path)
        group = self._world.together[access.fact.file]
        if group in self._open:
            return having
        found = having & self._along(self._named[group], access.path)
        return found or having & self._along(self._built.get(group, ()), access.path)

    def _begins(self, names: Iterable[str], attribute: str) -> bool:
        """Whether an attribute is a field of one of some types; else it is one of what holds them."""
        owners = self._contracts.by_attribute.get(attribute, ())
        return any(inner in owners for name in names for inner in self._reach(name))

    def _along(self, names: Iterable[str], path: tuple[str, ...]) -> frozenset[str]:
        """Return what values of types hold behind attributes, as far as these are fields."""
        found = frozenset(inner for name in names for inner in self._reach(name))
        for attribute in path:
            owners = found.intersection(self._contracts.by_attribute.get(attribute, ()))
            held = [self._contracts.held(name, attribute) for name in owners]
            found = frozenset(inner for each in held for inner in each) or found
        return found

    def _reach(self, name: str) -> frozenset[str]:
        if name not in self._reached:
            self._reached[name] = frozenset(reach(self._contracts.catalogue, name))
        return self._reached[name]


def _is_of(access: Access, other: Access) -> bool:
    """Whether two accesses are to one value, as far as that can be told."""
    same = (access.fact.file, access.fact.function) == (other.fact.file, other.fact.function)
    return same and (access.slots, access.path) == (other.slots, other.path)
