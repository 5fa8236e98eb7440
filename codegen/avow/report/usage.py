"""Whom a change hits and who takes it first, in words."""

from __future__ import annotations

from collections.abc import Sequence

from avow.finding import Change, Finding, Use

NO_USE = "no known use"
_MOST = 20
"""Uses that are shown to people; the machine-readable formats have all."""


def uses(finding: Finding, *, cut: bool = False) -> list[str]:
    """Return a line for each use that a finding is about, such as `BREAKS consumers/quoting/app.py:7 reads reason`.

    Nobody is said to be safe: where there is none, that says that none is known. A finding of which nobody has looked
    whom it hits has no lines.

    Args:
        finding: Any finding.
        cut: Whether a long list is cut, for people.
    """
    change = finding.change
    if not isinstance(change, Change) or not isinstance(change.uses, tuple):
        return []
    shown = change.uses[:_MOST] if cut else change.uses
    more = len(change.uses) - len(shown)
    return [*map(_line, shown), *([f"and {more} more"] if more else [])] or [NO_USE]


def steps(texts: Sequence[str]) -> list[str]:
    """Return a line for each of the steps in which services take a change."""
    words = ["all at once"] if len(texts) == 1 else ["first", *["then"] * (len(texts) - 1)]
    return [f"{word} {text}" for word, text in zip(words, texts, strict=True)]


def _line(use: Use) -> str:
    return f"{use.status} {use.place.file}:{use.place.line} {use.what}"
