"""Room for schemas that are nested as deeply as is allowed, which Python's usual limit of calls does not give."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

CALLS = 6000
"""For 200 types in one another, with some twenty calls each; Python calls take none of the system's stack."""


@contextmanager
def room() -> Iterator[None]:
    """Let functions call one another deeply enough for every valid schema."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
