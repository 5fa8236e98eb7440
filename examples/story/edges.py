"""What a run has shown of who talks to whom, held against what the index derives from code.

An edge that ran and was not derived is an error of the index; one that was derived and never ran was not tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from examples.story.collector import Span

TYPE = "cloudevents.event_type"
"""The attribute that says which contract a span is about."""
OUT = ("producer", "client")
IN = ("consumer", "server")
"""Kinds of spans at the two ends of a message."""


class Edge(Struct, frozen=True):
    """A contract went from a service to one that handled it, while the first handled ``because_of``, if anything."""

    service: str
    contract: str
    handled_by: str
    because_of: str | None


def edges(spans: Sequence[Span]) -> list[Edge]:
    """Return what some spans show, each edge once, sorted.

    A service that records nothing passes the context on, so what it sends seems to come from the one before: the two
    ends of an edge have to be about the same contract.
    """
    by_id = {span.id: span for span in spans}
    found = set()
    for span in spans:
        sent = by_id.get(span.parent)
        if span.kind in IN and TYPE in span.said and sent is not None and _is_other_end(sent, span):
            found.add(Edge(sent.service, span.said[TYPE], span.service, _cause(sent, by_id)))
    return _sorted(found)


def _is_other_end(sent: Span, handled: Span) -> bool:
    return sent.kind in OUT and sent.said.get(TYPE) == handled.said[TYPE]


def _sorted(found: Iterable[Edge]) -> list[Edge]:
    return sorted(found, key=lambda edge: (edge.because_of or "", edge.service, edge.contract, edge.handled_by))


def _cause(span: Span, by_id: dict[str, Span]) -> str | None:
    """Return the contract that was being handled when something was sent."""
    above = by_id.get(span.parent)
    while above is not None and not (above.kind in IN and TYPE in above.said):
        above = by_id.get(above.parent)
    return None if above is None else above.said[TYPE]


class Derived(Struct, frozen=True):
    """What the index says: who handles and who sends a contract, and what is sent because of another."""

    handled: frozenset[tuple[str, str]]
    sent: frozenset[tuple[str, str]]
    flows: frozenset[tuple[str, str, str]]

    @classmethod
    def read(cls, folder: Path) -> Derived:
        """Read a folder of index files."""
        facts = [fact for path in folder.glob("*.txt") if path.name != "flow-edges.txt" for fact in _facts(path)]
        return cls(
            handled=frozenset((contract, service) for contract, kind, service in facts if kind == "handle"),
            sent=frozenset((contract, service) for contract, kind, service in facts if kind == "send"),
            flows=frozenset((each[0], each[1], each[2]) for each in _rows(folder / "flow-edges.txt")),
        )

    def has(self, edge: Edge) -> bool:
        """Return whether an edge is among it."""
        if (edge.contract, edge.handled_by) not in self.handled:
            return False
        if edge.because_of is None:
            return (edge.contract, edge.service) in self.sent
        return (edge.because_of, edge.contract, edge.service) in self.flows

    def edges(self) -> list[Edge]:
        """Return all that it says."""
        caused = [
            Edge(service, contract, by, cause)
            for cause, contract, service in self.flows
            for handled, by in self.handled
            if handled == contract
        ]
        started = [
            Edge(service, contract, by, None)
            for contract, service in self.sent
            if not any(flow[1:] == (contract, service) for flow in self.flows)
            for handled, by in self.handled
            if handled == contract
        ]
        return _sorted({*caused, *started})


def _facts(path: Path) -> Iterator[tuple[str, str, str]]:
    for field, kind, service, *_ in _rows(path):
        if field == "*":
            yield path.stem, kind, service


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
