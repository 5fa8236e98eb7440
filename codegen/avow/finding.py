"""What the tool has to say about a file: a finding and the place it is about. Data only."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]
Status = Literal["BREAKS", "MAYBE", "UNKNOWN"]
"""Of a use of what changes: it is known; it may be one; the value goes where it cannot be followed."""


class Place(msgspec.Struct, frozen=True, order=True):
    """One position in a file, as an editor counts it."""

    file: str
    """Posix path relative to the project root."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters (code points), not in bytes."""


class Use(msgspec.Struct, frozen=True):
    """A place in the code of a service that a change hits."""

    status: Status
    place: Place
    service: str
    what: str
    """What the code does there, in words: `reads reason`."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding of compatibility is about: who reads whom, where, and a value that shows it."""

    contract: str
    """Full name of the contract."""
    reader: str
    """Who reads, in words: `this version`, `version 2`, `versions 1 and 2`, `origin/main`; empty of what is gone."""
    writer: str
    """Who writes, in the same words."""
    path: str
    """The place in the writer's values: `address.lines[].text`; empty for the whole value."""
    witness: str = ""
    """The smallest value that shows it, in Avro's JSON encoding; empty where no finite one does."""
    data: str = ""
    """The same value in Avro's binary encoding, as hexadecimal digits."""
    outcome: str = ""
    """What the reader makes of it, in one sentence without full stop."""
    uses: tuple[Use, ...] | msgspec.UnsetType = msgspec.UNSET
    """Whom it hits, the surest first; empty where there is no known use, unset where nobody has looked."""
    rollout: tuple[str, ...] = ()
    """Which services take the contract's change first, and why: a step each; empty where the order is open."""


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
    change: Change | msgspec.UnsetType = msgspec.UNSET
    """Only where it is about what became of a contract."""
