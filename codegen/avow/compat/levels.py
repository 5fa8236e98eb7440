"""Compatibility levels: which pairs of versions have to be readable.

Source: Confluent's schema registry, "Schema Evolution and Compatibility". BACKWARD: the new schema reads what
the old one wrote; FORWARD the reverse; FULL both. TRANSITIVE: against every version, not only the latest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def directions(level: str) -> tuple[bool, bool, bool]:
    """Return whether a level asks for backward and for forward compatibility, and whether it is transitive."""
    base = level.removesuffix("_TRANSITIVE")
    return base in ("BACKWARD", "FULL"), base in ("FORWARD", "FULL"), base != level


def pairs(level: str, new: T, previous: Sequence[T]) -> Iterator[tuple[T, T]]:
    """Yield reader and writer of each pair that a level asks for; ``previous`` is in the order of the versions."""
    backward, forward, is_transitive = directions(level)
    for old in previous if is_transitive else previous[-1:]:
        if backward:
            yield new, old
        if forward:
            yield old, new
