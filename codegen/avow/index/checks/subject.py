"""What is checked: the facts of the code, laid out as the checks like to look them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from avow.finding import Place
from avow.index.code.files import is_test
from avow.index.contents import Index
from avow.index.fact import WHOLE, Fact, Kind


class Declared(Struct, frozen=True):
    """Where a type, or a field of it, stands in the schemas; looked up only for what is reported."""

    type: str
    field: str = ""


class Hit(Struct, frozen=True):
    """Something that a rule forbids."""

    place: Place | Declared
    message: str
    fix: str
    related: tuple[Place | Declared, ...] = ()
    about: str = ""
    """Of what is wrong in the code: the full name of the type that it is about, as exceptions name it."""


Check: TypeAlias = Callable[["Subject"], Iterator[Hit]]
"""Looks through all of an index for what one rule forbids."""


class Subject:
    """An index; tests of services are left out."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.facts = [fact for fact in index.facts if not is_test(fact.file)]

    @cached_property
    def by_type(self) -> dict[str, list[Fact]]:
        """The facts about each type."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.type, []).append(fact)
        return found

    def of(self, name: str, *kinds: Kind) -> list[Fact]:
        """Return the facts of some kinds about a type."""
        return [fact for fact in self.by_type.get(name, ()) if fact.kind in kinds]

    @cached_property
    def is_readable(self) -> bool:
        """Whether all code can be read: if not, what nobody is known to do may be done there."""
        return not self.of(WHOLE, "escape")

    def contracts(self, kind: str) -> Iterator[str]:
        """Yield the contracts of a kind."""
        yield from (name for name, row in self.index.catalogue.items() if row.kind == kind)


def place(fact: Fact) -> Place:
    """Return where a fact is."""
    return Place(fact.file, max(fact.line, 1), 1)


def places(facts: Iterable[Fact]) -> tuple[Place, ...]:
    """Return where facts are, each place once."""
    return tuple(sorted(set(map(place, facts))))


def services(facts: Iterable[Fact]) -> list[str]:
    """Return the services that facts are about, by name."""
    return sorted({fact.service for fact in facts})
