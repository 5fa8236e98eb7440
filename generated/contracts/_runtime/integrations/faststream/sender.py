"""Sending: an event becomes a message with CloudEvents attributes, a key, an id and trace context."""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid4, uuid5

from ...record import Record
from .. import tracing
from ..catalogue import Catalogue
from ..envelope import Envelope, now
from ..message import Message
from .declare import require
from .received import handling
from .schemas import Schemas
from .transport import Transport


class Sender:
    """Sends for one service. ``hint`` is the command that declares what the broker lacks."""

    def __init__(self, transport: Transport, catalogue: Catalogue, schemas: Schemas, service: str, hint: str) -> None:
        self._transport = transport
        self._catalogue = catalogue
        self._schemas = schemas
        self._service = service
        self._hint = hint
        self._announced: set[str] = set()

    async def publish(self, event: Record, message_id: str | None) -> str:
        """Send an event and return its message's id. Raises as `Bus.publish`."""
        name, body = self._catalogue.encode(event)
        channel = self._catalogue.channel_of(name)
        id_ = message_id or self._next_id()
        envelope = Envelope(id_, name, self._service, now(), self._catalogue.key_of(name, event))
        await self.send(Message(channel.name, envelope, body))
        return id_

    async def send(self, message: Message) -> None:
        """Send a message that is ready. Raises BrokerError, TooLargeError, UndeclaredError."""
        envelope = message.envelope
        channel = self._catalogue.channel_of(envelope.type)
        if envelope.type not in self._announced:
            await require(self._transport, [channel], self._hint)
            await self._schemas.publish(envelope.type)
            self._announced.add(envelope.type)

        def describe() -> tracing.Described:
            return tracing.of_message("send", channel.name, self._transport.system, envelope)

        with tracing.span("PRODUCER", message.headers, describe):
            headers = {**self._transport.binding.write(envelope), **message.headers, **tracing.context()}
            await self._transport.send(message, channel, headers)

    def _next_id(self) -> str:
        """An id that is the same when a handler sends the same again, because its message came again."""
        cause = handling.get()
        if cause is None:
            return str(uuid4())
        cause.sent += 1
        return str(uuid5(NAMESPACE_OID, f"{self._service}\n{cause.envelope.id}\n{cause.sent}"))
