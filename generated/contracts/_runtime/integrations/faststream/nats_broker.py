"""FastStream's broker for NATS, with hooks, and with an end where the server closes the connection for good."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Any, Final

from faststream.nats import NatsBroker
from nats.aio.msg import Msg
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError

from .hooks import Hooks, Options

log = logging.getLogger(__name__)

_BREATH: Final = 0.2


class HookedNats(NatsBroker):
    """A broker that reconnects without end once it was connected."""

    def __init__(self, servers: list[str], hooks: Hooks, options: Options) -> None:
        super().__init__(
            servers, max_reconnect_attempts=-1, reconnect_time_wait=1, closed_cb=self._when_closed, **options
        )
        self._hooks = hooks
        self._is_stopping = False

    @property
    def connect_options(self) -> dict[str, Any]:
        """What FastStream connects with: credentials, TLS and the like."""
        return dict(self._connection_kwargs)

    async def start(self) -> None:
        """Prepare, then start."""
        self._is_stopping = False
        await self._hooks.before_start()
        await super().start()
        for subscriber in self.subscribers:
            subscription: Any = getattr(subscriber, "subscription", None)
            if subscription is not None:
                subscription.fetch = partial(_fetch, subscription.fetch)

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Say so to what waits, then stop."""
        self._is_stopping = True
        self._hooks.before_stop()
        try:
            await super().stop(exc_type, exc_val, exc_tb)
        except NatsError:  # there is nothing to drain over a connection that is down
            if self._connection is not None:
                await self._connection.close()
                self._connection = None

    async def _when_closed(self) -> None:
        if not self._is_stopping:
            log.critical("the server closed the connection for good; what is not settled goes to another instance")
            self._hooks.when_lost()


async def _fetch(fetch: Callable[..., Awaitable[list[Msg]]], *args: Any, **kwargs: Any) -> list[Msg]:
    """Fetch; over a closed connection FastStream would ask again at once, and nothing else would run any more."""
    try:
        return await fetch(*args, **kwargs)
    except ConnectionClosedError:
        await asyncio.sleep(_BREATH)
        raise
