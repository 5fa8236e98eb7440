"""A trace for people: what each step led to, as a tree with times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from examples.story.collector import Span


def render(spans: Sequence[Span]) -> str:
    """Return a line for each step, below what led to it, with its start and duration in milliseconds."""
    first = min(span.start for span in spans)
    rows = list(_rows(spans))
    width = max(len(label) for label, _ in rows)
    return "\n".join(
        f"{label:<{width}} {(span.start - first) / 1e6:>7.1f} {(span.end - span.start) / 1e6:>7.1f}"
        for label, span in rows
    )


def _rows(spans: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Yield each step with what stands for it, drawn as a tree."""
    known = {span.id for span in spans}
    below: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda span: span.start):
        below.setdefault(span.parent if span.parent in known else "", []).append(span)

    def walk(span: Span, mark: str, margin: str) -> Iterator[tuple[str, Span]]:
        yield f"{mark}{span.service}: {span.name}", span
        inner = below.get(span.id, [])
        for number, each in enumerate(inner, start=1):
            corner, line = ("└─ ", "   ") if number == len(inner) else ("├─ ", "│  ")
            yield from walk(each, margin + corner, margin + line)

    for root in below.get("", []):
        yield from walk(root, "", "")
