"""What stands around each message: attempts with growing waits, then a dead letter, then settled. Nothing is skipped.

It is a FastStream middleware. Whatever goes wrong inside, a header that cannot be parsed included, ends in
``after_processed``: a message leaves it handled or buried, or it stays with the broker because the process ends.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from faststream import BaseMiddleware, ContextRepo
from faststream.exceptions import AckMessage, SkipMessage, SubscriberNotFound
from faststream.message import StreamMessage

from .. import tracing
from ..envelope import Envelope
from .dead_letters import REDRIVEN
from .patience import Stopping
from .received import Handling, handling

if TYPE_CHECKING:
    from .bus import Bus

log = logging.getLogger(__name__)


class Guard(BaseMiddleware[Any, Any]):
    """Takes one message to its end."""

    __slots__ = ("_bus",)

    def __init__(self, bus: Bus, raw: Any, /, *, context: ContextRepo) -> None:
        super().__init__(raw, context=context)
        self._bus = bus

    async def consume_scope(self, call_next: Callable[[Any], Awaitable[Any]], msg: StreamMessage[Any]) -> Any:
        """Try until it is handled, or it is clear that it will not be."""
        bus = self._bus
        if msg.headers.get(REDRIVEN, bus.service) != bus.service:
            return None  # another service asked to have it again
        await msg.decode()  # here and not in the attempt, where a DecodeError would be the handler's own
        envelope = bus.receiver.envelope(msg)
        token = self.context.set_local("envelope", envelope)
        attempt = 1
        try:
            with bus.transport.working(self.msg):
                while True:
                    try:
                        return await self._attempt(call_next, msg, envelope)
                    except (AckMessage, SkipMessage):
                        return None
                    except Exception as error:
                        await bus.patience.after(error, attempt, bus.transport.position(self.msg))
                    attempt += 1
        finally:
            self.context.reset_local("envelope", token)

    async def _attempt(self, call_next: Callable[[Any], Awaitable[Any]], msg: Any, envelope: Envelope) -> Any:
        transport = self._bus.transport

        def describe() -> tracing.Described:
            return tracing.of_message("process", transport.position(self.msg).channel, transport.system, envelope)

        token = handling.set(Handling(envelope))
        try:
            with tracing.span("CONSUMER", msg.headers, describe):
                return await call_next(msg)
        finally:
            handling.reset(token)

    async def after_processed(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> bool:
        """Bury what failed, and settle; give back what the end of the process interrupts."""
        transport = self._bus.transport
        is_ending = isinstance(exc_val, Stopping) or not isinstance(exc_val, Exception | None)
        if is_ending or (isinstance(exc_val, Exception) and not await self._bury(exc_val)):
            await transport.give_back(self.msg)
            return isinstance(exc_val, Exception)
        await transport.settle(self.msg, self.context.get_local("handler_"))
        return True

    async def _bury(self, error: Exception) -> bool:
        """Make a dead letter, however long the broker takes; False where the process ends before."""
        bus = self._bus
        arrived = bus.transport.arrived(self.msg)
        if isinstance(error, SubscriberNotFound):
            name = bus.receiver.name_in(arrived.body)
            if name is not None and name in bus.catalogue.names_on(arrived.position.channel):
                return True  # one of the channel's contracts, which this service does not subscribe to
            error = LookupError(f"the channel does not carry {name or 'what this is'}")
        attempt = 1
        while True:
            try:
                with bus.transport.working(self.msg):
                    letter = await bus.dead_letters.bury(arrived, bus.service, error)
                log.error("%s became a dead letter: %s", arrived.position, letter.reason)
                return True
            except Exception as failure:
                log.error("%s cannot be made a dead letter yet: %s", arrived.position, failure)
                if not await bus.patience.pause(bus.patience.retry.delay(attempt)):
                    return False
            attempt += 1
