"""NATS JetStream: a stream a channel, a subject a partition, a durable consumer a partition and service.

Order per key rests on three things: the publisher computes the partition from the key, a durable gives out one
message at a time to whichever instance asks, and none is asked for before the last is settled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Final
from zlib import crc32

from faststream import AckPolicy
from faststream.nats import JStream, PullSub
from faststream.nats.message import NatsMessage
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig
from nats.js.errors import NoStreamResponseError

from ..catalogue import Channel
from ..envelope import NATS, Headers, quoted
from ..errors import BrokerError
from ..message import Message
from . import nats_declare
from .hooks import Hooks, Options
from .nats_broker import HookedNats
from .nats_in_hand import InHand, Working, quietly
from .nats_names import durable_name, stream_name, subject
from .nats_table import NatsTable, check_size, own_headers
from .transport import Arrived, Position, Subscriber, Table, Wanted

_ASKING: Final = 1.0
"""Seconds for which a message is asked for, then again; on a cluster it takes as long to end."""


class Nats:
    """The transport by NATS. ``redeliver_after`` is in seconds."""

    binding = NATS
    system = "nats"

    def __init__(self, url: str, service: str, redeliver_after: float, options: Options) -> None:
        self._servers = [server if "://" in server else f"nats://{server}" for server in url.split(",")]
        self.hooks = Hooks()
        self.broker = HookedNats(self._servers, self.hooks, options)
        self._service = service
        self._ack_wait = redeliver_after
        self._in_hand = InHand(redeliver_after / 3)
        self._is_reached = False
        self._client: Client | None = None
        self._jetstream: JetStreamContext | None = None
        self._one_at_a_time = asyncio.Lock()

    async def reach(self) -> None:
        """Ask for a sign of life, since FastStream's own connection waits silently, for ever."""
        await nats_declare.probe(self._servers, self.broker.connect_options)
        self._is_reached = True

    async def jetstream(self) -> JetStreamContext:
        """Return FastStream's connection, made when it is first needed."""
        client = self._client
        if client is None or client.is_closed:
            async with self._one_at_a_time:  # else FastStream would make several connections, and keep one
                if not self._is_reached:
                    await self.reach()
                self._client = client = await self.broker.connect()
        if self._jetstream is None or self._jetstream._nc is not client:
            self._jetstream = client.jetstream()
        return self._jetstream

    def subscribe(self, channel: Channel) -> Sequence[Subscriber]:
        """Return a subscriber a partition."""
        return [
            self.broker.subscriber(
                subject(channel.name, partition),
                stream=JStream(stream_name(channel.name), declare=False),
                durable=durable_name(self._service, partition),
                config=self._durable(channel, partition),
                pull_sub=PullSub(batch_size=1, timeout=_ASKING),
                parser=_parse,
                ack_policy=AckPolicy.MANUAL,
                no_reply=True,
            )
            for partition in range(channel.partitions)
        ]

    def _durable(self, channel: Channel, partition: int) -> ConsumerConfig:
        """What FastStream makes should the durable vanish between its declaration and the start."""
        wanted = self.wanted([], [channel], 1)[1 + partition]
        return nats_declare.durable_config(durable_name(self._service, partition), wanted.settings)

    async def send(self, message: Message, channel: Channel, headers: Headers) -> None:
        """Send a message to the partition of its key; without one, to any, the same each time."""
        envelope = message.envelope
        partition = crc32((envelope.key or envelope.id).encode()) % channel.partitions
        headers = {**headers, "Nats-Msg-Id": quoted(envelope.id)}
        await self._publish(message.body, subject(channel.name, partition), headers)

    async def repeat(self, arrived: Arrived, id_: str) -> None:
        """Send a message again; under its own id the server would take it for a repeat, and drop it."""
        headers = {name: value.decode("utf-8", "replace") for name, value in arrived.headers}
        position = arrived.position
        headers["Nats-Msg-Id"] = id_
        await self._publish(arrived.body, subject(position.channel, position.partition), headers)

    async def _publish(self, body: bytes, to: str, headers: Headers) -> None:
        jetstream = await self.jetstream()
        check_size(jetstream, body, headers)
        try:
            await jetstream.publish(to, body, headers=headers)
        except NoStreamResponseError:
            raise BrokerError(f"no stream answers for {to}: it is not declared, or has no leader yet") from None
        except (NatsError, OSError) as error:
            raise BrokerError(f"{to}: {type(error).__name__}: {error}") from error

    async def fetch(self, position: Position) -> Arrived:
        """Return a message of the stream."""
        try:
            found = await (await self.jetstream()).get_msg(stream_name(position.channel), position.offset)
        except (NatsError, OSError) as error:
            raise BrokerError(f"{position}: {type(error).__name__}: {error}") from error
        return Arrived(position, None, own_headers(found.headers), found.data or b"")

    def arrived(self, raw: Msg) -> Arrived:
        """Return a message as it came; the client has replaced what is not UTF-8 in headers."""
        return Arrived(self.position(raw), None, own_headers(raw.headers), raw.data)

    def position(self, raw: Msg) -> Position:
        """Return where a message stands: its partition is the last token of its subject."""
        channel, _, partition = raw.subject.rpartition(".")
        return Position(channel, int(partition), raw.metadata.sequence.stream)

    def working(self, raw: Msg) -> AbstractContextManager[None]:
        """Tell the server that the message is being handled, so that it gives it to nobody else."""
        return Working(self._in_hand, raw)

    async def settle(self, raw: Msg, subscriber: Any) -> None:
        """Acknowledge."""
        await quietly(raw.ack())

    async def give_back(self, raw: Msg) -> None:
        """Let another instance have it at once."""
        await quietly(raw.nak())

    def table(self, name: str) -> Table:
        """Return a table."""
        return NatsTable(self.jetstream, name)

    def wanted(self, channels: Sequence[Channel], subscribed: Sequence[Channel], replicas: int) -> list[Wanted]:
        """Return streams of channels and dead letters, the bucket of schemas, and the durables of the service."""
        return nats_declare.wanted(channels, subscribed, replicas, self._service, self._ack_wait)

    async def found(self, wanted: Wanted) -> dict[str, str | int] | None:
        """Return how it is set."""
        return await nats_declare.found(await self.jetstream(), wanted)

    async def make(self, wanted: Wanted) -> None:
        """Make it."""
        await nats_declare.make(await self.jetstream(), wanted)


async def _parse(raw: Msg) -> NatsMessage:
    """Parse a message as FastStream does, but for ids: ours has one, and making more takes time."""
    headers = raw.headers or {}
    id_ = headers.get("ce-id")
    content_type = headers.get("content-type")
    return NatsMessage(raw, raw.data, headers=headers, content_type=content_type, correlation_id=id_, message_id=id_)
