"""What happens downstream of a contract: who handles it, what they send then, and so on."""

from __future__ import annotations

from msgspec import Struct

from avow.index.book import Book
from avow.index.code.files import is_test
from avow.index.fact import Edge, Fact


class Handled(Struct, frozen=True):
    """A service that handles a contract, and what it sends then."""

    service: str
    places: tuple[Fact, ...]
    """Where, as handle facts."""
    sends: tuple[Flow, ...]


class Flow(Struct, frozen=True):
    """A contract and what happens when it is sent."""

    contract: str
    handlers: tuple[Handled, ...] = ()
    is_loop: bool = False
    """Whether it is one that this all began with; it is not followed again."""
    is_shown: bool = False
    """Whether it was followed already, further up."""


def flow(book: Book, contract: str) -> Flow:
    """Return all that sending a contract leads to, transitively; each contract is followed once."""
    by_source: dict[str, list[Edge]] = {}
    for edge in book.edges:
        by_source.setdefault(edge.source, []).append(edge)
    return _Walk(book, by_source).follow(contract, ())


class _Walk:
    def __init__(self, book: Book, edges: dict[str, list[Edge]]) -> None:
        self.book = book
        self.edges = edges
        self.shown: set[str] = set()

    def follow(self, contract: str, above: tuple[str, ...]) -> Flow:
        if contract in above:
            return Flow(contract, is_loop=True)
        if contract in self.shown:
            return Flow(contract, is_shown=True)
        self.shown.add(contract)
        own = [fact for fact in self.book.of(contract) if fact.kind == "handle" and not is_test(fact.file)]
        services = sorted({fact.service for fact in own if fact.service})
        handlers = [self._handled(contract, service, own, (*above, contract)) for service in services]
        return Flow(contract, tuple(handlers))

    def _handled(self, contract: str, service: str, facts: list[Fact], above: tuple[str, ...]) -> Handled:
        targets = sorted({edge.target for edge in self.edges.get(contract, ()) if edge.service == service})
        places = tuple(fact for fact in facts if fact.service == service)
        return Handled(service, places, tuple(self.follow(target, above) for target in targets))


def loops(edges: list[Edge]) -> list[tuple[Edge, ...]]:
    """Return the loops that have no end: of each contract the shortest through it, each once."""
    by_source: dict[str, list[Edge]] = {}
    for edge in edges:
        by_source.setdefault(edge.source, []).append(edge)
    found: dict[frozenset[str], tuple[Edge, ...]] = {}
    for start in sorted(by_source):
        way = _shortest(start, by_source)
        if way:
            found.setdefault(frozenset(edge.source for edge in way), way)
    return list(found.values())


def _shortest(start: str, edges: dict[str, list[Edge]]) -> tuple[Edge, ...]:
    """Return the shortest way from a contract to itself, or nothing."""
    ways: list[tuple[Edge, ...]] = [()]
    seen: set[str] = set()
    for way in ways:
        here = way[-1].target if way else start
        for edge in edges.get(here, ()):
            if edge.target == start:
                return (*way, edge)
            if edge.target not in seen:
                seen.add(edge.target)
                ways.append((*way, edge))
    return ()
