"""Messages of JetStream that are being handled: kept from others meanwhile, and acknowledged."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error as NatsError

log = logging.getLogger(__name__)


class InHand:
    """Says every so many seconds of all messages in hand that they are.

    There is one timer for all of them, as most are done before it, and setting one for each takes time.
    """

    def __init__(self, every: float) -> None:
        self._every = every
        self._raws: dict[object, Msg] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def add(self, token: object, raw: Msg) -> None:
        """Begin with a message."""
        self._raws[token] = raw
        if self._loop is not asyncio.get_running_loop():
            self._tick()

    def remove(self, token: object) -> None:
        """End with it."""
        del self._raws[token]

    def _tick(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._loop.call_later(self._every, self._beat)

    def _beat(self) -> None:
        # Kept, since the loop does not.
        self._tasks = [asyncio.ensure_future(quietly(raw.in_progress())) for raw in self._raws.values()]
        self._loop = None
        if self._raws:
            self._tick()


class Working:
    """One message in hand."""

    __slots__ = ("_in_hand", "_raw")

    def __init__(self, in_hand: InHand, raw: Msg) -> None:
        self._in_hand = in_hand
        self._raw = raw

    def __enter__(self) -> None:
        self._in_hand.add(self, self._raw)

    def __exit__(self, *exception: object) -> None:
        self._in_hand.remove(self)


async def quietly(answer: Any) -> None:
    """Send an acknowledgement; what gets lost comes again."""
    try:
        await answer
    except (NatsError, OSError) as error:
        log.warning("an acknowledgement was not sent: %s: %s", type(error).__name__, error)
