"""What a run has shown of who talks to whom: each edge a contract that one service sent and another handled.

`python -m examples.story edges FILE` runs the story and writes them, to be held against what `avow flow` derives from
the code: an edge that ran and was not derived is an error of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from examples.story.collector import Span

_TYPE = "cloudevents.event_type"
_OUT = ("producer", "client")
_IN = ("consumer", "server")


class Edge(Struct, frozen=True, order=True):
    """A contract went from a service to one that handled it, while the first handled ``because_of``, if anything."""

    service: str
    contract: str
    handled_by: str
    because_of: str | None


def edges(spans: Sequence[Span]) -> list[Edge]:
    """Return what some spans show, each edge once, sorted."""
    by_id = {span.id: span for span in spans}
    found = set()
    for span in spans:
        sent = by_id.get(span.parent)
        if span.kind in _IN and _TYPE in span.said and sent is not None and sent.kind in _OUT:
            found.add(Edge(sent.service, span.said[_TYPE], span.service, _cause(sent, by_id)))
    return sorted(found, key=lambda edge: (edge.service, edge.contract, edge.handled_by, edge.because_of or ""))


def _cause(span: Span, by_id: dict[str, Span]) -> str | None:
    """Return the contract that was being handled when something was sent."""
    above = by_id.get(span.parent)
    while above is not None and not (above.kind in _IN and _TYPE in above.said):
        above = by_id.get(above.parent)
    return None if above is None else above.said[_TYPE]


def write(path: Path, found: Iterable[Edge]) -> None:
    """Write edges as JSON."""
    text = msgspec.json.format(msgspec.json.encode({"edges": list(found)}), indent=2)
    path.write_text(text.decode() + "\n", encoding="utf-8")


def read(path: Path) -> list[Edge]:
    """Read edges."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, list[Edge]])["edges"]
