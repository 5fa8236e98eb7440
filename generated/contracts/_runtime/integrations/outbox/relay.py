"""From the outbox to the broker: in order per key, one in flight a key, and again after any crash.

A message is deleted when the broker has it. A process that dies in between sends it once more under the same id, and
two relays on one outbox do no harm: what they repeat, each sends in order.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, bindparam, delete, event, func, select

from .. import tracing
from ..envelope import Envelope, Headers
from ..errors import DatabaseError, IntegrationError
from ..message import Message
from .database import reading
from .tables import outbox

log = logging.getLogger(__name__)

_NEXT: Final = select(outbox).order_by(outbox.c.position).limit(bindparam("most"))
_DONE: Final = delete(outbox).where(outbox.c.position == bindparam("done"))
_COUNT: Final = select(func.count()).select_from(outbox)
_LONGEST: Final = 5.0


class Relay:
    """Sends what is in an outbox.

    Args:
        engine: Of the database, as `connect` returns it.
        send: Sends one message and returns when the broker has it, such as ``bus.send``.
        batch: How many messages are read at once.
        poll: Seconds between two looks at the table; commits of this process are noticed at once.
    """

    def __init__(
        self, engine: Engine, send: Callable[[Message], Awaitable[None]], *, batch: int = 200, poll: float = 0.25
    ) -> None:
        self._engine = engine
        self._send = send
        self._batch = batch
        self._poll = poll
        self._wake = asyncio.Event()
        self._is_stopping = False
        tracing.look()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop

    async def start(self) -> None:
        """Begin to send, in the background."""
        self._loop = asyncio.get_running_loop()
        self._is_stopping = False
        event.listen(self._engine, "commit", self._notice)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End when what is being sent is there; what waits is sent by the next relay."""
        self._is_stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
            event.remove(self._engine, "commit", self._notice)
            self._task = None

    def _notice(self, _: Connection) -> None:
        """Look again when whatever commits, in whichever thread, is done."""
        self._loop.call_soon_threadsafe(self._wake.set)

    async def _run(self) -> None:
        failures = 0
        while not self._is_stopping:
            try:
                failures = 0 if await self._turn() else failures + 1
            except DatabaseError as error:
                failures += 1
                log.warning("the outbox cannot be read: %s", error)
            if failures:
                await self._rest(min(_LONGEST, 0.1 * 2 ** min(failures, 10)))

    async def _turn(self) -> bool:
        """Send a batch, or wait for one; False where something was not sent."""
        self._wake.clear()
        rows = await asyncio.to_thread(self._read)
        if not rows:
            await self._rest(self._poll)
            return True
        keys: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            keys.setdefault((row.aggregatetype, row.aggregateid or row.id), []).append(row)
        sent = [row for part in await asyncio.gather(*map(self._in_order, keys.values())) for row in part]
        if sent:
            await asyncio.to_thread(self._delete, sent)
        return len(sent) == len(rows)

    async def _in_order(self, rows: Sequence[Any]) -> list[Any]:
        """Send the messages of one key and return those that were sent; after a failure the rest has to wait."""
        sent = []
        for row in rows:
            try:
                await self._hand_over(_message(row))
            except IntegrationError as error:
                log.warning("message %s waits in the outbox: %s", row.id, error)
                break
            sent.append(row)
        return sent

    async def _hand_over(self, message: Message) -> None:
        """Send a message, in a trace that shows how long it has waited here."""

        def describe() -> tracing.Described:
            return f"outbox {message.channel}", {"cloudevents.event_type": message.envelope.type}

        with tracing.span("INTERNAL", message.headers, describe, start=_since(message)):
            await self._send(replace(message, headers={**message.headers, **tracing.context()}))

    async def waiting(self) -> int:
        """Return how many messages wait. Raises DatabaseError."""
        return await asyncio.to_thread(self._count)

    def _count(self) -> int:
        with reading(self._engine) as connection:
            return connection.execute(_COUNT).scalar_one()

    def _read(self) -> Sequence[Any]:
        with reading(self._engine) as connection:
            return connection.execute(_NEXT, {"most": self._batch}).all()

    def _delete(self, rows: Sequence[Any]) -> None:
        with self._engine.begin() as transaction:
            transaction.execute(_DONE, [{"done": row.position} for row in rows])

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)


def _since(message: Message) -> int:
    """Return when a message was put into the outbox, in nanoseconds since 1970."""
    return int(datetime.fromisoformat(message.envelope.time).timestamp() * 1e9)


def _message(row: Any) -> Message:
    headers = msgspec.json.decode(row.headers, type=Headers)
    envelope = Envelope(row.id, row.type, row.source, row.time, row.aggregateid or None)
    return Message(row.aggregatetype, envelope, row.payload, headers)
