"""Compatibility levels: what a contract promises to those who wrote and read its older versions.

Source: Confluent's schema registry, "Schema Evolution and Compatibility". BACKWARD: the new schema reads what the
old one wrote; FORWARD the reverse; FULL both. TRANSITIVE: against every version, not only the latest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from msgspec import Struct

from avow.runtime.schema import Json

T = TypeVar("T")

_DEFAULTS: Final = {"event": "FULL_TRANSITIVE", "snapshot": "NONE"}
_OTHERWISE: Final = "BACKWARD_TRANSITIVE"


class Level(Struct, frozen=True):
    """One of the levels, taken apart."""

    name: str
    backward: bool
    """Whether the new version has to read what older ones wrote."""
    forward: bool
    """Whether older versions have to read what the new one writes."""
    is_transitive: bool
    """Whether that holds for all older versions, not for the latest alone."""

    def promises(self, other: Level) -> bool:
        """Return whether it promises all that another level does."""
        return (
            self.backward >= other.backward
            and self.forward >= other.forward
            and (self.is_transitive or not other.is_transitive or not (other.backward or other.forward))
        )

    def held_against(self, previous: Sequence[T]) -> Sequence[T]:
        """Return which of the older versions, oldest first, it is about."""
        return previous if self.is_transitive else previous[-1:]


def _level(name: str) -> Level:
    kind, _, transitive = name.partition("_")
    return Level(name, kind in ("BACKWARD", "FULL"), kind in ("FORWARD", "FULL"), bool(transitive))


LEVELS: Final = {
    name: _level(name)
    for name in ("NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE")
}
"""Name -> level."""


def level_of(contract: Json) -> Level:
    """Return the level in a contract's metadata, else that of its kind; metadata of another day may be anything."""
    known = contract if isinstance(contract, dict) else {}
    kind, name = known.get("kind"), known.get("compatibility")
    if name not in LEVELS:
        name = _DEFAULTS.get(kind, _OTHERWISE) if isinstance(kind, str) else _OTHERWISE
    return LEVELS[name]


def pairs(level: str, new: T, previous: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield reader and writer of each pair that a level asks for; ``previous`` is in the order of the versions."""
    wanted = LEVELS[level]
    for old in wanted.held_against(previous):
        if wanted.backward:
            yield new, old
        if wanted.forward:
            yield old, new
