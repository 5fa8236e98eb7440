"""What a broker has to offer: the one place where NATS and Kafka look alike."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeAlias

from faststream._internal.broker import BrokerUsecase
from faststream._internal.endpoint.subscriber import SubscriberUsecase
from msgspec import Struct

from ..catalogue import Channel
from ..envelope import Binding, Headers
from ..message import Message
from .hooks import Hooks

Broker: TypeAlias = BrokerUsecase[Any, Any, Any]
Subscriber: TypeAlias = SubscriberUsecase[Any]
RawHeaders: TypeAlias = list[tuple[str, bytes]]


class Position(Struct, frozen=True):
    """Where a message stands in its channel. ``offset`` counts per partition on Kafka, per channel on NATS."""

    channel: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.channel}/{self.partition}/{self.offset}"


class Arrived(Struct, frozen=True):
    """A message as it came, with nothing decoded."""

    position: Position
    key: bytes | None
    headers: RawHeaders
    body: bytes


class Row(Struct, frozen=True):
    """An entry of a table."""

    key: str
    headers: RawHeaders
    value: bytes


class Table(Protocol):
    """The latest entry by key, held by the broker: a key-value stream of NATS, a compacted topic of Kafka."""

    async def get(self, key: str) -> Row | None:
        """Return the entry of a key. Raises BrokerError."""
        ...

    async def rows(self) -> list[Row]:
        """Return all entries in the order in which they were put. Raises BrokerError."""
        ...

    async def put(self, row: Row) -> None:
        """Put an entry in the place of the one with its key. Raises BrokerError, TooLargeError."""
        ...

    async def delete(self, key: str) -> None:
        """Delete an entry. Raises BrokerError."""
        ...


class Wanted(Struct, frozen=True):
    """Something that a broker should hold: its kind and name, and how it should be set, for people to read."""

    kind: str
    name: str
    settings: dict[str, str | int]


class Transport(Protocol):
    """A broker, by URL."""

    binding: Binding
    hooks: Hooks
    system: str

    @property
    def broker(self) -> Broker:
        """FastStream's broker."""
        ...

    async def reach(self) -> None:
        """Ask the broker for a sign of life. Raises BrokerError."""
        ...

    def subscribe(self, channel: Channel) -> Sequence[Subscriber]:
        """Return plain FastStream subscribers that together take each message of a channel in order."""
        ...

    async def send(self, message: Message, channel: Channel, headers: Headers) -> None:
        """Send a message and wait until the broker has it. Raises BrokerError, TooLargeError."""
        ...

    async def repeat(self, arrived: Arrived, id_: str) -> None:
        """Send a message to where it came from, under an id that tells this repeat. Raises BrokerError."""
        ...

    async def fetch(self, position: Position) -> Arrived:
        """Return a message that arrived before. Raises BrokerError, also where it is no longer kept."""
        ...

    def arrived(self, raw: Any) -> Arrived:
        """Return a message of the client library as it came."""
        ...

    def position(self, raw: Any) -> Position:
        """Return where a message of the client library stands."""
        ...

    def working(self, raw: Any) -> AbstractContextManager[None]:
        """Tell the broker, while what is inside runs, that the message is being handled."""
        ...

    async def settle(self, raw: Any, subscriber: Any) -> None:
        """Tell the broker that a message is done with; when that gets lost, the message comes again."""
        ...

    async def give_back(self, raw: Any) -> None:
        """Tell the broker that somebody else should have a message, since this process ends."""
        ...

    def table(self, name: str) -> Table:
        """Return a table by name."""
        ...

    def wanted(self, channels: Sequence[Channel], subscribed: Sequence[Channel], replicas: int) -> list[Wanted]:
        """Return what the broker should hold for some channels, and for the service that subscribed to some."""
        ...

    async def found(self, wanted: Wanted) -> dict[str, str | int] | None:
        """Return how something is set on the broker, as far as it is wanted; None where it is not there."""
        ...

    async def make(self, wanted: Wanted) -> None:
        """Make something that is not there. Raises BrokerError."""
        ...
