"""What a handler may ask for beside the event, and what is known of the message that is being handled."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Annotated, Final, TypeAlias

from faststream import Context

from ..envelope import Envelope

Received: TypeAlias = Annotated[Envelope, Context("envelope")]
"""A parameter of a handler, filled in with the attributes of the message: its id, source, time and key."""


class Handling:
    """A message while it is handled; counts what is sent meanwhile, so that a repeat sends it under the same ids."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.sent = 0


handling: Final[ContextVar[Handling | None]] = ContextVar("avow_handling", default=None)
