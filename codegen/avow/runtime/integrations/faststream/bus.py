"""What a service holds: it subscribes handlers to contracts, publishes events, and runs."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from faststream import FastStream

from ...record import Record
from .. import tracing
from ..catalogue import Catalogue
from ..errors import BrokerError, IntegrationError
from ..message import Message
from .dead_letters import DeadLetters
from .declare import require
from .guard import Guard
from .patience import Patience, wait_for_broker
from .receiver import Receiver
from .retry import Retry
from .schemas import Schemas
from .sender import Sender
from .transport import Broker, Transport, Wanted

T = TypeVar("T", bound=Record)
P = ParamSpec("P")

library = logging.getLogger(f"{__name__}.library")
"""What FastStream itself says; of each task that ends there is nothing to be said."""
library.setLevel(logging.WARNING)

_PING: Final = 2.0
"""Seconds that a broker has to give a sign of life."""


class Bus:
    """The contracts on a broker, for one service.

    Args:
        url: ``nats://HOST:PORT`` or ``kafka://HOST:PORT``; several servers are joined by commas.
        service: The name of the service: its messages come from it, and its instances share the work.
        prefix: Begins the name of each channel, such as ``staging.``, where several environments share a broker.
        retry: Attempts at handling a message before it becomes a dead letter.
        transient: Errors that no message is to blame for, such as that of a service that is down: a handler that
            raises one is called again until it passes, as with FastStream's NackMessage and the outbox's DatabaseError.
        patience: Seconds to wait at the start for a broker that is not there.
        redeliver_after: Seconds after which what an instance that died had in hand goes to another.
        options: Further arguments of FastStream's broker, such as ``middlewares`` or ``security``.

    Attributes:
        broker: The FastStream broker, for ``FastStream(bus.broker)`` and all that it offers beside.
    """

    catalogue: Catalogue

    def __init__(
        self,
        url: str,
        *,
        service: str,
        prefix: str = "",
        retry: Retry | None = None,
        transient: tuple[type[Exception], ...] = (),
        patience: float = 60.0,
        redeliver_after: float = 30.0,
        **options: Any,
    ) -> None:
        self.service = service
        self.catalogue = self.catalogue.under(prefix)
        self.patience = Patience(retry or Retry(), transient)
        self._longest = patience
        middlewares = (partial(Guard, self), *options.pop("middlewares", ()))
        options = {"logger": library, "log_level": logging.DEBUG, **options, "middlewares": middlewares}
        self.transport = _transport(url, service, redeliver_after, options)
        self.transport.hooks.before_start = self._prepare
        self.transport.hooks.before_stop = self.patience.stopping.set
        self.dead_letters = DeadLetters(self.transport)
        schemas = Schemas(self.transport, self.catalogue)
        self.receiver = Receiver(self.transport, self.catalogue, schemas, self.patience)
        self._sender = Sender(self.transport, self.catalogue, schemas, service, self._hint)

    @property
    def broker(self) -> Broker:
        """The FastStream broker."""
        return self.transport.broker

    def subscriber(
        self, *contracts: type[T]
    ) -> Callable[[Callable[Concatenate[T, P], Awaitable[None]]], Callable[Concatenate[T, P], Awaitable[None]]]:
        """Decorate a handler of one or several contracts, which is otherwise a plain FastStream handler.

        Raises NoChannelError where a contract travels through no channel, IntegrationError where the service has a
        handler for it already.
        """
        names = self.catalogue.names_of(contracts)

        def register(
            handler: Callable[Concatenate[T, P], Awaitable[None]],
        ) -> Callable[Concatenate[T, P], Awaitable[None]]:
            self.receiver.add(handler, names)
            return handler

        return register

    async def publish(self, event: Record, *, message_id: str | None = None) -> str:
        """Send an event, and return the id of its message, when the broker has it.

        What a handler publishes gets an id that derives from that of the message which it handles: when that comes
        again, so do they, under the same ids, and whoever keeps an inbox takes them once.

        Raises EncodeError, NoChannelError, TooLargeError, UndeclaredError, BrokerError.
        """
        return await self._sender.publish(event, message_id)

    async def send(self, message: Message) -> None:
        """Send a message that is ready, such as one from an outbox. Raises as `publish`."""
        await self._sender.send(message)

    def run(self, **options: Any) -> None:
        """Serve until SIGTERM or SIGINT; a broker that cannot be used is one line and exit code 1.

        ``options`` are arguments of ``FastStream``, such as ``after_startup`` and ``on_shutdown``.
        """
        application = FastStream(self.broker, **options)
        is_lost = False

        def end() -> None:
            nonlocal is_lost
            is_lost = True
            application.exit()

        self.transport.hooks.when_lost = end
        try:
            asyncio.run(application.run())
        except IntegrationError as error:
            sys.exit(f"{self.service}: {error}")
        if is_lost:
            sys.exit(f"{self.service}: the broker closed the connection for good")

    async def check(self) -> None:
        """See whether the service receives and can send. Raises BrokerError."""
        if not self.broker.running:
            raise BrokerError("not connected yet")
        if not await self.broker.ping(_PING):
            raise BrokerError("the connection is down")

    def wanted(self) -> list[Wanted]:
        """Return what the broker should hold for what the service subscribed to."""
        return self.transport.wanted(self.receiver.channels, self.receiver.channels, 1)

    async def _prepare(self) -> None:
        self.patience.stopping.clear()
        tracing.look()
        await wait_for_broker(self._look, self._longest)

    async def _look(self) -> None:
        await self.transport.reach()
        await require(self.transport, self.receiver.channels, self._hint, is_subscribed=True)

    @property
    def _hint(self) -> str:
        return f"python -m {type(self).__module__} declare"


def _transport(url: str, service: str, redeliver_after: float, options: dict[str, Any]) -> Transport:
    """Only the broker in use is imported: each needs a library of its own."""
    scheme = url.partition("://")[0]
    if scheme in ("nats", "tls", "ws", "wss"):
        from .nats import Nats

        return Nats(url, service, redeliver_after, options)
    if scheme == "kafka":
        from .kafka import Kafka

        return Kafka(url, service, redeliver_after, options)
    raise IntegrationError(f"{url}: the address of a broker begins with nats:// or kafka://")
