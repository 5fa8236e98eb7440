"""What things are called on NATS."""

from __future__ import annotations


def subject(channel: str, partition: int) -> str:
    """Return the subject of a partition of a channel."""
    return f"{channel}.{partition}"


def stream_name(channel: str) -> str:
    """Return the stream of a channel; streams cannot have dots, and channels cannot have this."""
    return channel.replace(".", "~")


def durable_name(service: str, partition: int) -> str:
    """Return the durable consumer of a service for a partition."""
    return f"{service}-{partition}"
