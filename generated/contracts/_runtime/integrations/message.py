"""A message on its way to a broker, from a handler or from an outbox."""

from __future__ import annotations

from msgspec import Struct

from .envelope import Envelope, Headers


class Message(Struct, frozen=True):
    """What is sent: a body with its attributes and further headers, such as trace context, to a channel."""

    channel: str
    envelope: Envelope
    body: bytes
    headers: Headers = {}
