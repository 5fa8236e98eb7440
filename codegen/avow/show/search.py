"""What was found, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from avow.index.catalogue import Catalogue
from avow.index.questions.search import Match
from avow.show.layout import columns, faint, plain, strong

_WIDTH = 60


def render(catalogue: Catalogue, matches: Sequence[Match]) -> str:
    """Return a line for each type."""
    return "".join(f"{line}\n" for line in columns((_row(catalogue, match) for match in matches), 0))


def _row(catalogue: Catalogue, match: Match) -> list[str]:
    row = catalogue[match.name]
    doc = plain(row.doc)
    shown = doc if len(doc) <= _WIDTH else f"{doc[: _WIDTH - 3].rsplit(' ', 1)[0]}..."
    return [strong(match.name), row.kind or row.shape, plain(row.owner), faint(match.where), shown]
