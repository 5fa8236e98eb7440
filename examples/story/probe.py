"""What the broker holds: how much waits for a service, and single messages of a moment ago or of long ago."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from confluent_kafka import Consumer, KafkaException, TopicPartition
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from contracts._runtime.integrations.faststream.nats_names import durable_name, stream_name
from contracts._runtime.integrations.faststream.nats_table import own_headers
from contracts._runtime.integrations.faststream.transport import Arrived, Position
from contracts.integrations.faststream import BrokerError, Bus


class Probe(Protocol):
    """Looks at a broker. Each method raises BrokerError."""

    async def count(self, channel: str) -> int:
        """Return how many messages a channel holds."""
        ...

    async def waiting(self, channel: str, service: str) -> int:
        """Return how many of them a service has not settled."""
        ...

    async def again(self, channel: str, service: str) -> int | None:
        """Return how often a message was given to a service once more; None where the broker does not count."""
        ...

    async def pick(self, channel: str, share: float) -> Arrived:
        """Return a message of a channel: the oldest at 0, the newest towards 1."""
        ...


class NatsProbe:
    """Looks at JetStream."""

    def __init__(self, bus: Bus) -> None:
        self._transport: Any = bus.transport
        self._channels = bus.catalogue.channels

    async def count(self, channel: str) -> int:
        """Return the messages in the stream."""
        return int((await self._ask("stream_info", stream_name(channel))).state.messages)

    async def waiting(self, channel: str, service: str) -> int:
        """Return what durables have not given out, and what is in hand."""
        found = await self._durables(channel, service)
        return sum((each.num_pending or 0) + (each.num_ack_pending or 0) for each in found)

    async def again(self, channel: str, service: str) -> int | None:
        """Return deliveries less messages."""
        found = await self._durables(channel, service)
        return sum(int(each.delivered.consumer_seq) for each in found) - await self.count(channel)

    async def _durables(self, channel: str, service: str) -> list[Any]:
        stream, partitions = stream_name(channel), range(self._channels[channel].partitions)
        asked = (self._ask("consumer_info", stream, durable_name(service, each)) for each in partitions)
        return await asyncio.gather(*asked)

    async def pick(self, channel: str, share: float) -> Arrived:
        """Fetch by sequence number."""
        stream = stream_name(channel)
        state = (await self._ask("stream_info", stream)).state
        found = await self._ask("get_msg", stream, state.first_seq + int(share * state.messages))
        partition = int(found.subject.rpartition(".")[2])
        return Arrived(Position(channel, partition, found.seq), None, own_headers(found.headers), found.data or b"")

    async def _ask(self, what: str, *arguments: Any) -> Any:
        try:
            return await getattr(await self._transport.jetstream(), what)(*arguments)
        except NotFoundError as error:
            raise BrokerError(f"{' '.join(map(str, arguments))}: {error}") from error
        except (NatsError, OSError, TimeoutError) as error:
            raise BrokerError(f"{what}: {type(error).__name__}: {error}") from error


class KafkaProbe:
    """Looks at Kafka."""

    def __init__(self, bus: Bus, url: str) -> None:
        self._transport: Any = bus.transport
        self._channels = bus.catalogue.channels
        self._servers = url.partition("://")[2]
        self._consumers: dict[str, Consumer] = {}

    async def count(self, channel: str) -> int:
        """Return the messages of all partitions."""
        marks = await self._run(self._marks, channel)
        return sum(end - start for start, end in marks)

    async def waiting(self, channel: str, service: str) -> int:
        """Return how far the group's commits are behind."""
        return int(await self._run(self._behind, channel, f"{service}.{channel}"))

    async def again(self, channel: str, service: str) -> int | None:
        """Say nothing: where a group has begun again, only its instances know."""
        return None

    async def pick(self, channel: str, share: float) -> Arrived:
        """Fetch by offset, from the partition on which the share falls."""
        marks = [(partition, *mark) for partition, mark in enumerate(await self._run(self._marks, channel))]
        filled = [(partition, start, end) for partition, start, end in marks if end > start]
        if not filled:
            raise BrokerError(f"{channel} is empty")
        partition, start, end = filled[int(share * 7919) % len(filled)]
        found: Arrived = await self._transport.fetch(Position(channel, partition, start + int(share * (end - start))))
        return found

    def _marks(self, channel: str) -> list[tuple[int, int]]:
        consumer = self._consumer("trial")
        partitions = range(self._channels[channel].partitions)
        return [consumer.get_watermark_offsets(TopicPartition(channel, each), 5, cached=False) for each in partitions]

    def _behind(self, channel: str, group: str) -> int:
        marks = self._marks(channel)
        asked = [TopicPartition(channel, partition) for partition in range(len(marks))]
        committed = self._consumer(group).committed(asked, timeout=5)
        return sum(end - max(start, each.offset) for (start, end), each in zip(marks, committed, strict=True))

    def _consumer(self, group: str) -> Consumer:
        if group not in self._consumers:
            own = {"group.id": group, "enable.auto.commit": False, "log_level": 0}
            self._consumers[group] = Consumer({"bootstrap.servers": self._servers, **own})
        return self._consumers[group]

    async def _run(self, call: Any, *arguments: Any) -> Any:
        try:
            return await asyncio.to_thread(call, *arguments)
        except KafkaException as error:
            raise BrokerError(str(error)) from error


def make_probe(bus: Bus, url: str) -> Probe:
    """Return what looks at the broker of a bus."""
    return KafkaProbe(bus, url) if url.startswith("kafka") else NatsProbe(bus)
