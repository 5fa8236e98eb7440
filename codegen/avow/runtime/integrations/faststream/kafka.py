"""Apache Kafka: a topic a channel, a consumer group a service and channel.

The client commits in the background what is marked as done, and a message is marked when it is settled: a commit of
each by itself would take milliseconds, and what was not committed when a process dies just comes again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, Final

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka import Message as RawMessage
from faststream import AckPolicy
from faststream.confluent import KafkaBroker
from faststream.confluent.message import FAKE_CONSUMER, KafkaMessage
from faststream.confluent.schemas import Topic
from faststream.confluent.security import parse_security

from ..catalogue import Channel
from ..envelope import KAFKA, Headers
from ..errors import BrokerError, TooLargeError
from ..message import Message
from . import kafka_declare
from .hooks import Hooks, Options
from .kafka_client import MAX_BYTES, KafkaClient, raw_headers
from .kafka_table import KafkaTable
from .transport import Arrived, Position, Subscriber, Table, Wanted

log = logging.getLogger(__name__)

_DELIVERY_TIMEOUT: Final = 30_000
"""Milliseconds after which a message that the broker did not take is an error."""

_CONFIG: Final[dict[str, Any]] = {
    "enable.auto.commit": True,
    "auto.commit.interval.ms": 500,
    "enable.auto.offset.store": False,
    "message.timeout.ms": _DELIVERY_TIMEOUT,
    "message.max.bytes": MAX_BYTES,  # the limit is the catalogue's and the topic's
    "partitioner": "murmur2_random",  # as Java has it, so that one key is in one partition whoever sends
}


def _is_news(record: logging.LogRecord) -> bool:
    """FastStream gives one configuration to producers and consumers, and each warns of what is the other's."""
    return not record.getMessage().startswith("CONFWARN")


class _Broker(KafkaBroker):
    """FastStream's broker with hooks."""

    def __init__(self, servers: str, hooks: Hooks, options: Options) -> None:
        config: Any = {**_CONFIG, **options.pop("config", {})}
        if isinstance(options.get("logger"), logging.Logger):
            options["logger"].addFilter(_is_news)
        super().__init__(servers, acks="all", enable_idempotence=True, parser=_parse, config=config, **options)
        self._hooks = hooks

    async def start(self) -> None:
        """Prepare, then start."""
        await self._hooks.before_start()
        await super().start()

    async def stop(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> None:
        """Say so to what waits, then stop."""
        self._hooks.before_stop()
        await super().stop(exc_type, exc_val, exc_tb)


class Kafka:
    """The transport by Kafka. ``redeliver_after`` is in seconds."""

    binding = KAFKA
    system = "kafka"

    def __init__(self, url: str, service: str, redeliver_after: float, options: Options) -> None:
        servers = url.partition("://")[2]
        security = parse_security(options.get("security"))
        self.client = KafkaClient({"bootstrap.servers": servers, **security, **options.get("config", {})}, url)
        self.hooks = Hooks()
        self.broker = _Broker(servers, self.hooks, options)
        self._service = service
        self._session = max(6000, int(redeliver_after * 1000))  # the least that brokers grant by default
        self._one_at_a_time = asyncio.Lock()
        self._tables: dict[str, KafkaTable] = {}

    async def reach(self) -> None:
        """Ask for a sign of life."""
        await self.client.topics()

    def subscribe(self, channel: Channel) -> Sequence[Subscriber]:
        """Return one subscriber, to which the group assigns partitions."""
        return [
            self.broker.subscriber(
                Topic(channel.name, declare=False),
                group_id=f"{self._service}.{channel.name}",
                auto_offset_reset="earliest",
                session_timeout_ms=self._session,
                heartbeat_interval_ms=min(3000, self._session // 3),
                ack_policy=AckPolicy.MANUAL,
                no_reply=True,
            )
        ]

    async def send(self, message: Message, channel: Channel, headers: Headers) -> None:
        """Send a message; the client takes the partition from the key."""
        key = message.envelope.key
        await self._publish(message.body, channel.name, None if key is None else key.encode(), headers)

    async def repeat(self, arrived: Arrived, id_: str) -> None:
        """Send a message again; Kafka knows no ids."""
        headers = {name: value.decode("utf-8", "replace") for name, value in arrived.headers}
        position = arrived.position
        await self._publish(arrived.body, position.channel, arrived.key, headers, position.partition)

    async def _publish(
        self, body: bytes, topic: str, key: bytes | None, headers: Headers, partition: int | None = None
    ) -> None:
        try:
            async with self._one_at_a_time:  # else FastStream would make several connections, and keep one
                await self.broker.connect()
            await self.broker.publish(body, topic, key=key, headers=headers, partition=partition)
        except (KafkaException, BufferError) as error:
            if isinstance(error, KafkaException) and error.args[0].code() == KafkaError.MSG_SIZE_TOO_LARGE:
                raise TooLargeError(f"{len(body)} bytes are more than {topic} takes") from None
            raise BrokerError(f"{topic}: {error}") from error

    async def fetch(self, position: Position) -> Arrived:
        """Return a message of the topic."""
        return self.arrived(await self.client.fetch(position))

    def arrived(self, raw: RawMessage) -> Arrived:
        """Return a message as it came."""
        return Arrived(self.position(raw), raw.key(), raw_headers(raw), raw.value() or b"")

    def position(self, raw: RawMessage) -> Position:
        """Return where a message stands."""
        return Position(raw.topic() or "", raw.partition() or 0, raw.offset() or 0)

    def working(self, raw: RawMessage) -> AbstractContextManager[None]:
        """Nothing: the client's own threads tell the broker that the process is alive."""
        return nullcontext()

    async def settle(self, raw: RawMessage, subscriber: Any) -> None:
        """Mark a message as done, to be committed."""
        try:
            subscriber.consumer.consumer.store_offsets(message=raw)
        except KafkaException as error:  # the partition went to another instance, which gets the message again
            log.warning("%s was not marked as done: %s", self.position(raw), error)

    async def give_back(self, raw: RawMessage) -> None:
        """Nothing: what is not marked as done comes again."""

    def table(self, name: str) -> Table:
        """Return a table, which is read once and then followed."""
        if name not in self._tables:
            self._tables[name] = KafkaTable(self.client, name)
        return self._tables[name]

    def wanted(self, channels: Sequence[Channel], subscribed: Sequence[Channel], replicas: int) -> list[Wanted]:
        """Return the topics of channels, dead letters and schemas; groups need no declaration."""
        return kafka_declare.wanted(channels, replicas)

    async def found(self, wanted: Wanted) -> dict[str, str | int] | None:
        """Return how it is set."""
        return await kafka_declare.found(self.client, wanted)

    async def make(self, wanted: Wanted) -> None:
        """Make it."""
        await kafka_declare.make(self.client, wanted)


async def _parse(raw: RawMessage) -> KafkaMessage:
    """Parse a message as FastStream does, but for headers that are not UTF-8, on which its own fails."""
    headers = {name: value.decode("utf-8", "replace") for name, value in raw_headers(raw)}
    return KafkaMessage(
        raw_message=raw,
        body=raw.value() or b"",
        headers=headers,
        content_type=headers.get("content-type"),
        correlation_id=headers.get("correlation_id"),
        message_id=f"{raw.partition()}-{raw.offset()}",
        consumer=FAKE_CONSUMER,  # what is done is marked by the guard
        is_manual=True,
    )
