"""Bring findings into an order, and their text into a form that no terminal and no parser stumbles over."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from avow.finding import Change, Finding, Place, Use

_GAP = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
# Controls of the terminal and of the direction of writing: a message could show what it does not say.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What UTF-8 or XML has no way to write. Names of files have them where they are not UTF-8.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def tidy(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by place, then rule, each once, with text of one clean line each."""
    return sorted({_clean(finding): None for finding in findings}, key=_order)


def printable(text: str) -> str:
    """Return `text` on one line, without control characters, such that UTF-8 and XML 1.0 can take it."""
    text = _CONTROL.sub("", _GAP.sub(" ", text))
    return _UNWRITABLE.sub("\ufffd", text)


def _order(finding: Finding) -> tuple[Place, str, str]:
    return finding.place, finding.rule, finding.message


def _clean(finding: Finding) -> Finding:
    return msgspec.structs.replace(
        finding,
        place=_clean_place(finding.place),
        message=printable(finding.message),
        fix=printable(finding.fix),
        related=tuple(_clean_place(place) for place in finding.related),
        change=_clean_change(finding.change) if isinstance(finding.change, Change) else msgspec.UNSET,
    )


def _clean_change(change: Change) -> Change:
    cleaned = {name: printable(text) for name, text in msgspec.structs.asdict(change).items() if isinstance(text, str)}
    uses = change.uses if isinstance(change.uses, msgspec.UnsetType) else tuple(map(_clean_use, change.uses))
    return msgspec.structs.replace(change, **cleaned, uses=uses, rollout=tuple(map(printable, change.rollout)))


def _clean_use(use: Use) -> Use:
    return Use(use.status, _clean_place(use.place), printable(use.service), printable(use.what))


def _clean_place(place: Place) -> Place:
    return Place(printable(place.file), place.line, place.column)
