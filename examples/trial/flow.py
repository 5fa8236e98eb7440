"""What ran, held against what `avow flow` derives from the code.

An edge that ran and was not derived is an error of the index; one that was derived and never ran is only shown, since
nothing may have asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from examples.story.collector import Span
from examples.story.edges import IN, OUT, TYPE, Derived


class Edge(Struct, frozen=True, order=True):
    """A service handles one contract, or sends it, or sends it because it handles another."""

    service: str
    handles: str = ""
    sends: str = ""

    def __str__(self) -> str:
        steps = {"handles": self.handles, "sends": self.sends}
        return f"{self.service} " + ", so ".join(f"{verb} {name}" for verb, name in steps.items() if name)


def ran(spans: Sequence[Span]) -> set[Edge]:
    """Return what spans show. Of what was sent because of something whose span is missing, the cause is left out."""
    by_id = {span.id: span for span in spans}
    found = set()
    for span in spans:
        if TYPE not in span.said:
            continue
        contract = span.said[TYPE]
        if span.kind in IN:
            found.add(Edge(span.service, handles=contract))
        elif span.kind in OUT:
            found.add(Edge(span.service, sends=contract))
            cause = _cause(span, by_id)
            if cause is not None:
                found.add(Edge(span.service, cause, contract))
    return found


def _cause(span: Span, by_id: dict[str, Span]) -> str | None:
    """Return the contract that its own service was handling when something was sent."""
    above = by_id.get(span.parent)
    while above is not None and above.service == span.service:
        if above.kind in IN and TYPE in above.said:
            return above.said[TYPE]
        above = by_id.get(above.parent)
    return None


def derived(index: Path) -> set[Edge]:
    """Return what the index knows; ``index`` is the folder that `avow generate` keeps."""
    known = Derived.read(index)
    handled = {Edge(service, handles=contract) for contract, service in known.handled}
    sent = {Edge(service, sends=contract) for contract, service in known.sent}
    return {*handled, *sent, *(Edge(service, *because) for *because, service in known.flows)}


def not_derived(ran: Iterable[Edge], derived: Iterable[Edge]) -> list[Edge]:
    """Return the edges that ran, and that the index does not have."""
    return sorted(set(ran) - set(derived))


def never_ran(ran: Iterable[Edge], derived: Iterable[Edge]) -> list[Edge]:
    """Return the edges that the index has, and that did not run."""
    return sorted(set(derived) - set(ran))
