"""The tables that the integration keeps on a broker."""

from __future__ import annotations

from typing import Final

SCHEMAS: Final = "avow-schemas"
"""Schemas by fingerprint, of whoever has sent something."""


def dead_letters(channel: str) -> str:
    """Return the table of messages of a channel that could not be handled."""
    return f"dead.{channel}"
