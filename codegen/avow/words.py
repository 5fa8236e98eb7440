"""Words for several things, as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], word: str = "and") -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def shortened(names: Sequence[str], most: int) -> list[str]:
    """Return the first of some names and, as one more, how many others there are."""
    return [*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])]
