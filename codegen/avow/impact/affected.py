"""Whom all that differs hits, for `avow impact`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from avow.changes.change import Change
from avow.changes.touched import Touched, outermost, touches
from avow.diff.comparison import Comparison
from avow.finding import Use
from avow.impact.usage import rollout, uses
from avow.index.book import Book


class Affected(Struct, frozen=True):
    """A change and whom it hits, the surest first; no uses are no known use."""

    change: Change | None
    """None where the whole contract is gone."""
    uses: tuple[Use, ...]


class Impact(Struct, frozen=True):
    """What a contract's changes mean for the services."""

    comparison: Comparison
    affected: tuple[Affected, ...]
    """The changes that somebody could notice."""
    rollout: tuple[str, ...]
    """Which services take the change first, and why; empty where the order is open."""


def impacts(book: Book, comparisons: Sequence[Comparison]) -> Iterator[Impact]:
    """Yield what changes mean, contract by contract; those that nobody could notice are left out."""
    for each in comparisons:
        affected = tuple(_affected(book, each))
        if affected:
            yield Impact(each, affected, _rollout(book, each, affected))


def _affected(book: Book, comparison: Comparison) -> Iterator[Affected]:
    name = comparison.contract
    if comparison.after.contract is None:
        yield Affected(None, uses(book, Touched(name, (), "any")))
    for change in outermost(comparison.changes):
        place = touches(name, change)
        if place is not None:
            yield Affected(change, uses(book, place))


def _rollout(book: Book, comparison: Comparison, affected: Sequence[Affected]) -> tuple[str, ...]:
    backward, forward = comparison.backward, comparison.forward
    if backward is None or forward is None:
        return ()
    misses = any(each.uses and each.change is not None and each.change.kind == "removed" for each in affected)
    return rollout(book, comparison.contract, backward=backward.works, forward=forward.works, misses=misses)
