"""Contracts that nobody sends or nobody reads, under a heading each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avow.index.questions.orphans import Lack, Orphan
from avow.show.layout import columns, faint, strong

_HEADINGS: dict[Lack, str] = {
    "not handled": "Nobody is known to handle",
    "handled twice": "Commands that more than one service handles",
    "not sent": "Nobody is known to send",
}


def render(orphans: Sequence[Orphan]) -> str:
    """Return the lists; what may be done where code cannot be followed is marked."""
    return "\n".join(line for lack in _HEADINGS for line in _list(lack, orphans))


def _list(lack: Lack, orphans: Sequence[Orphan]) -> Iterator[str]:
    own = [each for each in orphans if each.lack == lack]
    if own:
        yield strong(_HEADINGS[lack])
        yield from columns(map(_row, own), 2)
        yield ""


def _row(orphan: Orphan) -> list[str]:
    services = ", ".join(orphan.services)
    if orphan.lack == "not sent" and services:
        return [orphan.contract, orphan.kind, faint(f"built by {services}")]
    unsure = "code that cannot be followed may do it" if orphan.is_unsure else ""
    return [orphan.contract, orphan.kind, faint(services or unsure)]
