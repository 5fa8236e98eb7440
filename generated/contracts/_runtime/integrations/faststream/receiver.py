"""Receiving: which handler of a service a message is for, and the event in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from faststream.message import StreamMessage
from msgspec.structs import replace

from ...errors import UnknownSchemaError
from ..catalogue import Catalogue, Channel, fingerprint_of
from ..envelope import Envelope
from ..errors import BrokerError, IntegrationError
from .patience import Patience
from .schemas import Schemas
from .transport import Subscriber, Transport

_MOST: Final = 1000
"""Fingerprints of other writers whose contract is remembered: anybody may come up with more."""


class Receiver:
    """The subscriptions of one service: a FastStream subscriber a channel (and partition), shared by its handlers."""

    def __init__(self, transport: Transport, catalogue: Catalogue, schemas: Schemas, patience: Patience) -> None:
        self._transport = transport
        self._catalogue = catalogue
        self._schemas = schemas
        self._patience = patience
        self._handlers: dict[str, str] = {}
        self._subscribers: dict[str, list[Subscriber]] = {}
        self._names: dict[int | None, str] = {}

    @property
    def channels(self) -> list[Channel]:
        """The channels that the service subscribed to."""
        return [self._catalogue.channels[name] for name in self._subscribers]

    def add(self, handler: Callable[..., Any], names: tuple[str, ...]) -> None:
        """Subscribe a handler to contracts. Raises NoChannelError, IntegrationError for a second handler of one."""
        shown = getattr(handler, "__qualname__", repr(handler))
        for channel in dict.fromkeys(self._catalogue.channel_of(name) for name in names):
            for name in names:
                other = self._handlers.setdefault(name, shown)
                if other != shown:
                    raise IntegrationError(f"{name} is handled by {other} already; let that call {shown} too")
            if channel.name not in self._subscribers:
                self._subscribers[channel.name] = list(self._transport.subscribe(channel))
            for subscriber in self._subscribers[channel.name]:
                subscriber(handler, filter=partial(self._suits, names), decoder=self._decode)

    async def _suits(self, names: tuple[str, ...], message: StreamMessage[Any]) -> bool:
        name = self.name_in(message.body)
        if name is None:
            name = (await self._decode_patiently(message)).__avro__
            if len(self._names) >= _MOST:
                self._names.clear()
            self._names[fingerprint_of(message.body)] = name
        return name in names

    async def _decode_patiently(self, message: StreamMessage[Any]) -> Any:
        """Decode what an unknown writer wrote, whose schema may be about to arrive at the broker."""
        attempt = 1
        with self._transport.working(message.raw_message):
            while True:
                try:
                    return await message.decode()
                except (UnknownSchemaError, BrokerError) as error:
                    position = self._transport.position(message.raw_message)
                    await self._patience.after(error, attempt, position)
                attempt += 1

    async def _decode(self, message: StreamMessage[Any]) -> Any:
        return await self._schemas.decode(message.body)

    def name_in(self, body: bytes) -> str | None:
        """Return the full name of the contract that a body holds, as far as that is known without decoding it.

        Of an older version or another writer's it is known once the first such message was decoded.
        """
        return self._catalogue.name_in(body) or self._names.get(fingerprint_of(body))

    def envelope(self, message: StreamMessage[Any]) -> Envelope:
        """Return the attributes of a message; one without an id is known by where it stands."""
        envelope = self._transport.binding.read(message.headers)
        return envelope if envelope.id else replace(envelope, id=str(self._transport.position(message.raw_message)))
