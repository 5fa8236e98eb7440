"""What the tool has to say about a file: a finding and the place it is about. Data only."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Place(msgspec.Struct, frozen=True, order=True):
    """One position in a file, as an editor counts it."""

    file: str
    """Posix path relative to the project root."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters (code points), not in bytes."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, or could be better, at one place."""

    rule: str
    """Id of a row of `avow.rules.ALL`."""
    severity: Severity
    place: Place
    message: str
    """What was found. One line, without line numbers, so that it stays the same when code above moves."""
    fix: str = ""
    """What to do about it; empty where the message says it all."""
    related: tuple[Place, ...] = ()
    """The other places that matter, such as the first of two definitions."""
