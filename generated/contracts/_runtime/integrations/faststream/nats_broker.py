"""FastStream's broker for NATS, with hooks, and with an end where the server closes the connection for good."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Final

from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from ..errors import BrokerError
from .hooks import Hooks, Options

log = logging.getLogger(__name__)

_BREATH: Final = 0.2
_MOMENT: Final = 0.01
_STEPS: Final = 10
"""Turns of the loop in which a message that was fetched has reached its handler; three are enough."""
_GOODBYE: Final = 5.0
"""Seconds that the server has to hear that nothing more is wanted."""


class HookedNats(NatsBroker):
    """A broker that reconnects without end once it was connected."""

    def __init__(self, servers: list[str], hooks: Hooks, options: Options) -> None:
        super().__init__(servers, max_reconnect_attempts=-1, reconnect_time_wait=1, **options)
        self._hooks = hooks
        self._is_ending = False
        self._takes_more = True
        self._fetching = 0
        self._subscriptions: list[JetStreamContext.PullSubscription] = []

    @property
    def connect_options(self) -> dict[str, Any]:
        """What FastStream connects with: credentials, TLS and the like."""
        return dict(self._connection_kwargs)

    async def start(self) -> None:
        """Prepare, then start."""
        self._is_ending = False
        self._takes_more = True
        self._subscriptions.clear()
        await self._hooks.before_start()
        try:
            await super().start()
        except (NatsError, OSError) as error:
            raise BrokerError(f"the broker went away at the start: {type(error).__name__}: {error}") from error

    async def _connect(self) -> Client:
        connection = await super()._connect()
        connection._close = partial(self._close, connection._close)  # type: ignore[method-assign]
        jetstream: Any = self.config.broker_config.connection_state.stream
        jetstream.pull_subscribe = partial(self._pull_subscribe, jetstream.pull_subscribe)
        return connection

    async def _close(self, close: Callable[..., Awaitable[None]], *args: Any, **kwargs: Any) -> None:
        """Notice that the client closes the connection, and let it.

        Its own callback comes after its last words to the server, and not at all where that listens no more.
        """
        self._lose()
        await close(*args, **kwargs)

    async def _pull_subscribe(self, subscribe: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Subscribe, so that what is fetched is fetched as below."""
        subscription = await subscribe(*args, **kwargs)
        subscription.fetch = partial(self._fetch, subscription.fetch)
        self._subscriptions.append(subscription)
        return subscription

    async def _fetch(self, fetch: Callable[..., Awaitable[list[Msg]]], *args: Any, **kwargs: Any) -> list[Msg]:
        """Fetch, and give others their turn where the connection is closed, which FastStream asks again at once."""
        if not self._takes_more:
            await asyncio.Event().wait()  # until FastStream cancels it
        self._fetching += 1
        try:
            return await fetch(*args, **kwargs)
        except ConnectionClosedError:
            await asyncio.sleep(_BREATH)
            raise
        finally:
            self._fetching -= 1

    def _lose(self) -> None:
        if not self._is_ending:
            self._is_ending = True
            log.critical("the server closed the connection for good; what is not settled goes to another instance")
            self._hooks.when_lost()

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Say so to what waits, ask for nothing more, then stop."""
        self._is_ending = True
        self._hooks.before_stop()
        await self._want_no_more()
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except* NatsError:  # over a connection that is down there is nothing to say goodbye to
            if self._connection is not None:
                await self._connection.close()
                self._connection = None

    async def _want_no_more(self) -> None:
        """Take what is on its way, and nothing after it.

        FastStream drops what comes while it stops, and others would have to wait for it as for what a dead instance
        had in hand.
        """
        connection = self._connection
        if connection is None or not connection.is_connected:
            return
        self._takes_more = False
        with suppress(NatsError, TimeoutError):
            async with asyncio.timeout(_GOODBYE):
                if "cluster" in connection._server_info:
                    await self._take_the_last()
                else:
                    await self._unsubscribe(connection)
        for _ in range(_STEPS):
            await asyncio.sleep(0)

    async def _unsubscribe(self, connection: Client) -> None:
        """Take back what was asked for; what the server sent before it heard that is here when it answers.

        The client's own drain() waits for ever where a message was left over from an earlier fetch.
        """
        for each in self._subscriptions:
            await connection._send_unsubscribe(each._sub._id)
        await connection.flush()

    async def _take_the_last(self) -> None:
        """Wait for what was asked for.

        In a cluster, the server that sends it may be another than the one that answers here, and hears later that
        nobody listens any more.
        """
        while self._fetching:
            await asyncio.sleep(_MOMENT)
        await asyncio.sleep(_BREATH)
        for each in self._subscriptions:  # what came just when nobody waited for it any longer
            queue = each._sub._pending_queue
            while not queue.empty():
                raw = queue.get_nowait()
                if not JetStreamContext.is_status_msg(raw):
                    await raw.nak()
