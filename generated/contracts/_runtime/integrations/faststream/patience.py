"""Waiting: for the next attempt at a message, and for a broker that is not there yet."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from faststream.exceptions import NackMessage, RejectMessage

from ..errors import BrokerError, DatabaseError
from .retry import Retry

log = logging.getLogger(__name__)

_TELL_EVERY: Final = 5.0
"""Seconds between two words about a broker that is not there."""


class Stopping(Exception):
    """The process ends while a message waits for its next attempt."""


class Patience:
    """How long one service waits; ``transient`` are errors that no message is to blame for."""

    def __init__(self, retry: Retry, transient: tuple[type[Exception], ...]) -> None:
        self.retry = retry
        self.stopping = asyncio.Event()
        self._transient = (BrokerError, DatabaseError, NackMessage, *transient)

    async def after(self, error: Exception, attempt: int, position: object) -> None:
        """Wait before the next attempt at a message.

        Raises the error itself where there should be none, Stopping where there will be none.
        """
        is_transient = isinstance(error, self._transient)
        if not is_transient and (isinstance(error, RejectMessage) or attempt >= self.retry.attempts):
            raise error
        delay = self.retry.delay(attempt)
        of = "" if is_transient else f" of {self.retry.attempts}"
        log.warning("%s: attempt %d%s failed, next in %.1f s: %r", position, attempt, of, delay, error)
        if not await self.pause(delay):
            raise Stopping

    async def pause(self, seconds: float) -> bool:
        """Wait; False where the service is to stop."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return True
        return False


async def wait_for_broker(look: Callable[[], Awaitable[None]], longest: float) -> None:
    """Look until the broker is as it should be, and say so meanwhile. Raises BrokerError after ``longest`` seconds."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    said = start - _TELL_EVERY
    while True:
        try:
            return await look()
        except BrokerError as error:
            waited = loop.time() - start
            if waited >= longest:
                raise BrokerError(f"{error}; waited {waited:.0f} s for it") from None
            if loop.time() - said >= _TELL_EVERY:
                said = loop.time()
                log.warning("waiting for the broker, up to %.0f s: %s", longest, error)
        await asyncio.sleep(0.2)
