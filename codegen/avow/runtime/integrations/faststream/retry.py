"""How long to wait between attempts, and when to give up."""

from __future__ import annotations

from msgspec import Struct


class Retry(Struct, frozen=True):
    """Attempts at handling a message, with waits that grow: ``first`` seconds, each time ``factor`` times as long."""

    attempts: int = 5
    """How often a message is tried before it becomes a dead letter."""
    first: float = 0.1
    factor: float = 3.0
    longest: float = 10.0
    """The longest wait in seconds."""

    def delay(self, attempt: int) -> float:
        """Return the seconds to wait after an attempt, counted from 1."""
        # The exponent is bounded, since waiting for a broker may take thousands of attempts.
        return float(min(self.longest, self.first * self.factor ** min(attempt - 1, 64)))
