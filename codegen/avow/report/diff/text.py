"""The form for people: for each contract who reads whom, and a tree of the places at which something differs.

`+` came, `-` went, `~` is another now. A place that only leads to one other shares its line.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from avow.changes.change import Change
from avow.diff.comparison import Comparison, Reading
from avow.report.diff.rows import Row, rows
from avow.report.tidy import printable

Style: TypeAlias = Literal["head", "text", "added", "removed", "changed"]
_WRAPPER = textwrap.TextWrapper(
    100, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
)
_MARKERS: dict[Style, str] = {"added": "+", "removed": "-", "changed": "~"}
_WIDEST = 40
"""Characters of the longest place that others are aligned with."""


class Line(msgspec.Struct, frozen=True):
    """A line of text, and what it is, for those who have colours."""

    style: Style
    text: str


def lines(comparisons: Sequence[Comparison]) -> Iterator[Line]:
    """Yield what has changed in contracts, for people; nothing where nothing has."""
    for index, each in enumerate(comparisons):
        if index:
            yield Line("text", "")
        yield Line("head", printable(f"{each.contract}: {each.before.label} -> {each.after.label}"))
        for said in _verdict(each):
            yield from (Line("text", line) for line in _WRAPPER.wrap(printable(said)))
        yield from tree(each.contract, each.changes)


# who reads whom


def _verdict(comparison: Comparison) -> Iterator[str]:
    backward, forward = comparison.backward, comparison.forward
    if backward is None or forward is None:
        return
    before, after = comparison.before.label, comparison.after.label
    if not backward.because and not forward.because:
        yield "each reads what the other writes"
        return
    yield _read(after, f"what {before} wrote", backward)
    yield _read(before, f"what {after} writes", forward)


def _read(reader: str, written: str, reading: Reading) -> str:
    verb = "reads" if reading.works else "does not read"
    doubt = ", with a doubt" if reading.works and reading.because else ""
    because = f": {reading.because}" if reading.because else ""
    more = f"; {reading.more} more" if reading.more else ""
    return f"{reader} {verb} {written}{doubt}{because}{more}"


# the tree


class _Node(msgspec.Struct, eq=False):
    """A place; ``changes`` are those at itself."""

    changes: list[Change] = []
    inner: dict[str, _Node] = {}


class _Place(msgspec.Struct, frozen=True):
    """A place as it is shown."""

    style: Style
    label: str
    rows: list[Row]


def tree(name: str, changes: Iterable[Change]) -> Iterator[Line]:
    """Yield the tree of what differs in a contract of some full name."""
    root = _Node()
    for change in changes:
        node = root
        for step in change.at:
            node = node.inner.setdefault(step, _Node())
        node.changes.append(change)
    places = list(_places(root, name.rpartition(".")[2]))
    widths = [len(place.label) for place in places if place.rows and len(place.label) <= _WIDEST]
    for place in places:
        yield from _lines(place, max(widths, default=0))


def _places(root: _Node, name: str) -> Iterator[_Place]:
    """Yield the places in the order in which they are shown; the root only where it has changes itself."""
    if root.changes:
        yield _place(name, root, 0)
    waiting = [(step, node, 0) for step, node in reversed(root.inner.items())]
    while waiting:
        name, node, depth = waiting.pop()
        while not node.changes and len(node.inner) == 1:
            ((step, node),) = node.inner.items()
            name = f"{name}.{step}"
        yield _place(name, node, depth)
        waiting += [(step, inner, depth + 1) for step, inner in reversed(node.inner.items())]


def _place(name: str, node: _Node, depth: int) -> _Place:
    style = _style(node)
    return _Place(style, f"{'  ' * depth}{_MARKERS.get(style, ' ')} {printable(name)}", list(rows(node.changes)))


def _style(node: _Node) -> Style:
    """Return what a place is: that of a field or type that came or went, or that differs, or only a way."""
    if not node.changes:
        return "text"
    first = node.changes[0]
    is_whole = first.what == "field" or all(change.what in ("enum", "fixed") for change in node.changes)
    return first.kind if is_whole else "changed"


def _lines(place: _Place, width: int) -> Iterator[Line]:
    aspects = max((len(row.aspect) for row in place.rows), default=0)
    texts = [text for row in place.rows for text in row.lines(aspects)]
    for n, text in enumerate(texts or [""]):
        label = "" if n else place.label
        yield Line(place.style, f"  {label:<{width}}  {text}".rstrip())
