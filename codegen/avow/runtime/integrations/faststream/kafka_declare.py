"""What Kafka should hold: topics."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TypeAlias

from confluent_kafka.cimpl import NewTopic

from ..catalogue import Channel
from .kafka_client import MAX_BYTES, KafkaClient
from .tables import SCHEMAS, dead_letters
from .transport import Wanted

Settings: TypeAlias = dict[str, str | int]


def wanted(channels: Sequence[Channel], replicas: int) -> list[Wanted]:
    """Return what there should be."""
    table: Settings = {"partitions": 1, "cleanup": "compact", "replicas": replicas}
    found = [Wanted("schemas", SCHEMAS, table)]
    for channel in channels:
        settings: Settings = {
            "partitions": channel.partitions,
            "retention": channel.retention,
            "replicas": replicas,
        }
        found.append(Wanted("topic", channel.name, settings))
        found.append(Wanted("dead letters", dead_letters(channel.name), table))
    return found


async def found(client: KafkaClient, wanted: Wanted) -> Settings | None:
    """Return how a topic is set; None where it is not there. Raises BrokerError."""
    topics = await client.topics()
    if wanted.name not in topics:
        return None
    partitions, replicas = topics[wanted.name]
    config = await client.config_of(wanted.name)
    settings: Settings = {"partitions": partitions, "replicas": replicas}
    if wanted.kind == "topic":
        settings["retention"] = max(0, int(config["retention.ms"])) // 1000
    else:
        settings["cleanup"] = config["cleanup.policy"]
    return settings


async def make(client: KafkaClient, wanted: Wanted) -> None:
    """Make a topic. Raises BrokerError."""
    settings = wanted.settings
    replicas = int(settings["replicas"])
    config = {"min.insync.replicas": str(max(1, replicas - 1))}
    if wanted.kind == "topic":
        retention = int(settings["retention"])
        config["retention.ms"] = str(retention * 1000 or -1)
    else:
        config["cleanup.policy"] = str(settings["cleanup"])
        config["max.message.bytes"] = str(MAX_BYTES)
    topic = NewTopic(
        wanted.name, num_partitions=int(settings["partitions"]), replication_factor=replicas, config=config
    )
    await client.make(topic)
    while wanted.name not in await client.topics():  # brokers learn of it a moment later
        await asyncio.sleep(0.05)
