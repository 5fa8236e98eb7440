"""A table on NATS: a stream that keeps the last message of each subject, as key-value buckets are made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from ..errors import BrokerError, TooLargeError
from .tables import SCHEMAS
from .transport import RawHeaders, Row

_BATCH: Final = 100
_OTHER_HEADERS: Final = 250
"""Bytes that the libraries and the protocol add: correlation id, expected stream, the lines around them."""

_NO_MESSAGE: Final = 10037
"""JetStream's code for a subject without a message; a stream that is not there has another."""


def stream_of(table: str) -> tuple[str, str]:
    """Return the stream of a table and what its subjects begin with; that of the schemas is a key-value bucket."""
    if table == SCHEMAS:
        return f"KV_{table}", f"$KV.{table}."
    return table.replace(".", "~"), f"{table}."


def own_headers(headers: dict[str, str] | None) -> RawHeaders:
    """Return the headers that whoever sent a message gave it, less those of the server."""
    return [(name, value.encode()) for name, value in (headers or {}).items() if not name.startswith("Nats-")]


def check_size(jetstream: JetStreamContext, body: bytes, headers: dict[str, str]) -> None:
    """Raise TooLargeError for what the server would not only refuse: it would close the connection for good.

    It counts headers too, which the client library does not.
    """
    most: int = jetstream._nc.max_payload
    names = sum(map(len, headers)) + 4 * len(headers)
    if len(body) + _OTHER_HEADERS + names + 4 * sum(map(len, headers.values())) <= most:
        return  # whatever the characters are: UTF-8 has four bytes at most for one
    size = len(body) + _OTHER_HEADERS + names + sum(len(value.encode()) for value in headers.values())
    if size > most:
        raise TooLargeError(f"{size} bytes with headers are more than the server takes, which is {most}")


class NatsTable:
    """The latest message by key."""

    def __init__(self, connect: Callable[[], Awaitable[JetStreamContext]], name: str) -> None:
        self._connect = connect
        self._stream, self._prefix = stream_of(name)

    async def get(self, key: str) -> Row | None:
        """Return an entry."""
        with self._failures():
            jetstream = await self._connect()
            try:
                found = await jetstream.get_last_msg(self._stream, self._prefix + key)
            except NotFoundError as error:
                if error.err_code != _NO_MESSAGE:
                    raise
                return None
            return self._row(found.subject or "", found.headers, found.data)

    async def rows(self) -> list[Row]:
        """Return all entries."""
        rows: list[Row] = []
        with self._failures():
            jetstream = await self._connect()
            config = ConsumerConfig(ack_policy=AckPolicy.NONE, inactive_threshold=30)
            reader = await jetstream.pull_subscribe(f"{self._prefix}>", stream=self._stream, config=config)
            while (await reader.consumer_info()).num_pending:
                rows += [self._row(m.subject, m.headers, m.data) for m in await reader.fetch(_BATCH, timeout=5)]
            await reader.unsubscribe()
        return rows

    async def put(self, row: Row) -> None:
        """Put an entry."""
        headers = {name: value.decode("utf-8", "replace") for name, value in row.headers}
        with self._failures():
            jetstream = await self._connect()
            check_size(jetstream, row.value, headers)
            await jetstream.publish(self._prefix + row.key, row.value, stream=self._stream, headers=headers)

    async def delete(self, key: str) -> None:
        """Delete an entry."""
        with self._failures():
            jetstream = await self._connect()
            await jetstream.purge_stream(self._stream, subject=self._prefix + key)

    def _row(self, subject: str, headers: dict[str, str] | None, data: bytes | None) -> Row:
        return Row(subject.removeprefix(self._prefix), own_headers(headers), data or b"")

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (NatsError, OSError) as error:
            raise BrokerError(f"stream {self._stream}: {type(error).__name__}: {error}") from error
