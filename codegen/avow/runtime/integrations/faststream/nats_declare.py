"""What NATS should hold: streams, key-value buckets and durable consumers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import nats
from nats.errors import Error as NatsError
from nats.errors import NoServersError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, KeyValueConfig, StreamConfig
from nats.js.errors import NotFoundError

from ..catalogue import Channel
from ..errors import BrokerError
from .nats_names import durable_name, stream_name, subject
from .nats_table import stream_of
from .tables import SCHEMAS, dead_letters
from .transport import Wanted

Settings: TypeAlias = dict[str, str | int]

DUPLICATE_WINDOW: Final = 120
"""Seconds for which the server knows a message's id, and drops a repeat."""


async def probe(servers: Sequence[str], options: dict[str, Any]) -> None:
    """Connect, see that JetStream answers, which a cluster without a leader does not, and leave. Raises BrokerError."""

    async def say_nothing(error: Exception) -> None:
        """What fails is raised below."""

    once = {"allow_reconnect": False, "max_reconnect_attempts": 1, "reconnect_time_wait": 0, "connect_timeout": 2}
    silent = {"error_cb": say_nothing, "disconnected_cb": None, "closed_cb": None}
    where = ",".join(servers)
    try:
        client = await nats.connect(**{**options, "servers": list(servers), **once, **silent})
        try:
            await client.jetstream(timeout=2).account_info()
        finally:
            await client.close()
    except NoServersError:
        raise BrokerError(f"{where}: no server answers") from None
    except (NatsError, OSError, TimeoutError) as error:
        raise BrokerError(f"{where}: JetStream does not answer: {type(error).__name__}: {error}") from None


def wanted(
    channels: Sequence[Channel], subscribed: Sequence[Channel], replicas: int, service: str, ack_wait: float
) -> list[Wanted]:
    """Return what there should be; replicas are those of streams, which durables inherit."""
    found = [Wanted("bucket", SCHEMAS, {"replicas": replicas})]
    for channel in channels:
        settings: Settings = {
            "partitions": channel.partitions,
            "retention": channel.retention,
            "replicas": replicas,
        }
        found.append(Wanted("stream", channel.name, settings))
        found.append(Wanted("dead letters", dead_letters(channel.name), {"replicas": replicas}))
    for channel in subscribed:
        for partition in range(channel.partitions):
            name = f"{channel.name} {durable_name(service, partition)}"
            settings = {
                "subject": subject(channel.name, partition),
                "in flight": 1,
                "redelivered after": str(float(ack_wait)),
            }
            found.append(Wanted("durable", name, settings))
    return found


async def found(jetstream: JetStreamContext, wanted: Wanted) -> Settings | None:
    """Return how something is set; None where it is not there. Raises BrokerError."""
    try:
        if wanted.kind == "durable":
            return await _durable(jetstream, wanted)
        info = await jetstream.stream_info(_stream(wanted))
    except NotFoundError:
        return None
    except (NatsError, OSError) as error:
        raise BrokerError(f"{wanted.kind} {wanted.name}: {type(error).__name__}: {error}") from error
    settings: Settings = {"replicas": info.config.num_replicas or 1}
    if wanted.kind == "stream":
        settings["partitions"] = len(info.config.subjects or [])
        settings["retention"] = int(info.config.max_age or 0)
    return settings


async def _durable(jetstream: JetStreamContext, wanted: Wanted) -> Settings:
    channel, _, durable = wanted.name.partition(" ")
    config = (await jetstream.consumer_info(stream_name(channel), durable)).config
    return {
        "subject": config.filter_subject or "",
        "in flight": config.max_ack_pending or 0,
        "redelivered after": str(float(config.ack_wait or 0)),
    }


async def make(jetstream: JetStreamContext, wanted: Wanted) -> None:
    """Make something. Raises BrokerError."""
    try:
        if wanted.kind == "durable":
            channel, _, durable = wanted.name.partition(" ")
            await jetstream.add_consumer(stream_name(channel), durable_config(durable, wanted.settings))
        elif wanted.kind == "bucket":
            bucket = KeyValueConfig(wanted.name, history=1, replicas=int(wanted.settings["replicas"]))
            await jetstream.create_key_value(bucket)
        else:
            await jetstream.add_stream(_config(wanted))
    except (NatsError, OSError) as error:
        raise BrokerError(f"{wanted.kind} {wanted.name}: {type(error).__name__}: {error}") from error


def durable_config(name: str, settings: Settings) -> ConsumerConfig:
    """Return a durable consumer; one message in flight is what keeps the order."""
    return ConsumerConfig(
        durable_name=name,
        ack_policy=AckPolicy.EXPLICIT,
        filter_subject=str(settings["subject"]),
        ack_wait=float(settings["redelivered after"]),
        max_ack_pending=int(settings["in flight"]),
        max_deliver=-1,
    )


def _stream(wanted: Wanted) -> str:
    return stream_name(wanted.name) if wanted.kind == "stream" else stream_of(wanted.name)[0]


def _config(wanted: Wanted) -> StreamConfig:
    settings = wanted.settings
    if wanted.kind == "dead letters":
        stream, prefix = stream_of(wanted.name)
        subjects = [f"{prefix}*.*.*"]  # service, partition, offset: a channel below this one has more tokens
        replicas = int(settings["replicas"])
        return StreamConfig(stream, subjects=subjects, max_msgs_per_subject=1, num_replicas=replicas)
    retention = int(settings["retention"])
    return StreamConfig(
        stream_name(wanted.name),
        subjects=[subject(wanted.name, partition) for partition in range(int(settings["partitions"]))],
        max_age=float(retention),
        num_replicas=int(settings["replicas"]),
        duplicate_window=min(DUPLICATE_WINDOW, retention or DUPLICATE_WINDOW),  # the server wants no longer one
    )
