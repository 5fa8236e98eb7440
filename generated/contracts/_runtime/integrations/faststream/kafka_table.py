"""A table on Kafka: a compacted topic with one partition, read once from its beginning and then followed."""

from __future__ import annotations

import asyncio
from typing import Final

from confluent_kafka import Consumer, KafkaError, TopicPartition

from ..errors import BrokerError
from .kafka_client import KafkaClient, raw_headers
from .transport import RawHeaders, Row

_SILENCE: Final = 10.0
"""Seconds without an answer after which the broker counts as gone."""


class KafkaTable:
    """The latest message by key."""

    def __init__(self, client: KafkaClient, topic: str) -> None:
        self._client = client
        self._topic = topic
        self._rows: dict[str, Row] = {}
        self._reader: Consumer | None = None
        self._next = 0
        self._lock = asyncio.Lock()

    async def get(self, key: str) -> Row | None:
        """Return an entry; the topic is only read again where it is not known."""
        if key not in self._rows:
            await self._follow()
        return self._rows.get(key)

    async def rows(self) -> list[Row]:
        """Return all entries."""
        await self._follow()
        return list(self._rows.values())

    async def put(self, row: Row) -> None:
        """Put an entry."""
        await self._client.produce(self._topic, row.key, row.value, row.headers)

    async def delete(self, key: str) -> None:
        """Delete an entry: compaction removes what has no value."""
        await self._client.produce(self._topic, key, None, [])
        self._rows.pop(key, None)

    async def _follow(self) -> None:
        async with self._lock:
            await self._client.run(self._read)

    def _read(self) -> None:
        """Read up to where the topic ends now."""
        if self._reader is None:
            self._reader = self._client.reader(self._topic)
        _, end = self._reader.get_watermark_offsets(TopicPartition(self._topic, 0), _SILENCE, cached=False)
        while self._next < end:
            found = self._reader.poll(_SILENCE)
            if found is None:
                raise BrokerError(f"topic {self._topic}: the broker does not answer")
            error = found.error()
            if error is None:
                self._take((found.key() or b"").decode("utf-8", "replace"), found.value(), raw_headers(found))
                self._next = (found.offset() or 0) + 1
            elif error.code() == KafkaError._PARTITION_EOF:
                self._next = max(self._next, found.offset() or 0)  # what is missing before it was compacted away
            else:
                raise BrokerError(f"topic {self._topic}: {error.str()}")

    def _take(self, key: str, value: bytes | None, headers: RawHeaders) -> None:
        self._rows.pop(key, None)
        if value is not None:
            self._rows[key] = Row(key, headers, value)
