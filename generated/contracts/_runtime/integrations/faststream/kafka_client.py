"""Our own clients of Kafka, beside FastStream's: for administration, for tables, and to look at one message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, ParamSpec, TypeVar

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._config import ConfigResource
from confluent_kafka.admin._resource import ResourceType
from confluent_kafka.cimpl import NewTopic

from ..errors import BrokerError, TooLargeError
from .transport import Position, RawHeaders

T = TypeVar("T")
P = ParamSpec("P")

MAX_BYTES: Final = 50_000_000
"""What a client may send and a dead letter may have, in bytes: as much as consumers fetch by default."""

_TIMEOUT: Final = 10.0


class KafkaClient:
    """Clients made when they are first used; each call runs in a thread, since the library blocks."""

    def __init__(self, config: dict[str, Any], url: str) -> None:
        self._config = {**config, "log_level": 0}
        self._url = url

    @cached_property
    def _producer(self) -> Producer:
        own = {"acks": "all", "enable.idempotence": True, "message.max.bytes": MAX_BYTES}
        return Producer({**self._config, **own, "message.timeout.ms": int(_TIMEOUT * 1000)})

    @cached_property
    def _admin(self) -> AdminClient:
        return AdminClient(self._config)

    async def topics(self) -> dict[str, tuple[int, int]]:
        """Return the partitions and replicas of every topic by name. Raises BrokerError."""

        def list_topics() -> dict[str, tuple[int, int]]:
            found = self._admin.list_topics(timeout=3).topics
            return {
                name: (
                    len(topic.partitions),
                    min((len(each.replicas) for each in topic.partitions.values()), default=0),
                )
                for name, topic in found.items()
            }

        return await self.run(list_topics)

    async def config_of(self, topic: str) -> dict[str, str]:
        """Return the configuration of a topic. Raises BrokerError."""

        def describe() -> dict[str, str]:
            resource = ConfigResource(ResourceType.TOPIC, topic)
            found = self._admin.describe_configs([resource], request_timeout=_TIMEOUT)
            return {name: entry.value for name, entry in found[resource].result().items()}

        return await self.run(describe)

    async def make(self, topic: NewTopic) -> None:
        """Make a topic. Raises BrokerError."""
        await self.run(lambda: self._admin.create_topics([topic])[topic.topic].result())

    async def produce(self, topic: str, key: str, value: bytes | None, headers: RawHeaders) -> None:
        """Send a message to the first partition of a topic. Raises BrokerError, TooLargeError."""
        await self.run(self._produce, topic, key, value, headers)

    def _produce(self, topic: str, key: str, value: bytes | None, headers: RawHeaders) -> None:
        errors: list[KafkaError | None] = []
        self._producer.produce(
            topic, value, key, 0, on_delivery=lambda error, _: errors.append(error), headers=list(headers)
        )
        self._producer.flush(_TIMEOUT + 5)
        if not errors:
            raise BrokerError(f"{topic}: the broker did not answer in {_TIMEOUT:.0f} s")
        if errors[0] is not None:
            raise KafkaException(errors[0])

    async def fetch(self, position: Position) -> Message:
        """Return one message. Raises BrokerError, also where it is no longer kept."""

        def fetch() -> Message:
            consumer = self.reader(position.channel, position.partition, position.offset)
            try:
                found = consumer.poll(_TIMEOUT)
            finally:
                consumer.close()
            if found is None or found.error() or found.offset() != position.offset:
                raise BrokerError(f"{position} is no longer there")
            return found

        return await self.run(fetch)

    def reader(self, topic: str, partition: int = 0, offset: int = OFFSET_BEGINNING) -> Consumer:
        """Return a consumer of one partition that belongs to no group, and that tells where the partition ends."""
        own = {"group.id": "none", "enable.auto.commit": False, "enable.partition.eof": True, "fetch.wait.max.ms": 10}
        consumer = Consumer({**self._config, **own, "auto.offset.reset": "earliest"})
        consumer.assign([TopicPartition(topic, partition, offset)])
        return consumer

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Make a call that blocks, in a thread. Raises BrokerError, TooLargeError."""
        try:
            return await asyncio.to_thread(call, *args, **kwargs)
        except KafkaException as error:
            if error.args[0].code() == KafkaError.MSG_SIZE_TOO_LARGE:
                raise TooLargeError("the message is more than the broker takes") from None
            raise BrokerError(f"{self._url}: {error.args[0].str()}") from error
        except BufferError as error:
            raise BrokerError(f"{self._url}: {error}") from error


def raw_headers(raw: Message) -> RawHeaders:
    """Return the headers of a message as bytes."""
    found = raw.headers() or []
    pairs = found.items() if isinstance(found, dict) else found
    return [(name, value.encode() if isinstance(value, str) else value or b"") for name, value in pairs]
