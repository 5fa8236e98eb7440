"""Brokers by their short names."""

from __future__ import annotations

from pathlib import Path

from tests.support.brokers.nats_server import NatsCluster, NatsServer
from tests.support.brokers.server import Server


def make_server(kind: str, folder: Path) -> Server:
    """Return a broker that is not started yet."""
    if kind == "kafka":
        from tests.support.brokers.kafka_server import KafkaServer

        return KafkaServer(folder)
    return NatsServer(folder) if kind == "nats" else NatsCluster(folder)
