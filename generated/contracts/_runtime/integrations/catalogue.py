"""The contracts of a package as they travel: their channels, keys and schemas."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from msgspec import Struct

from ..framing import HEADER_SIZE, MAGIC, SingleObject
from ..registry import Registry
from .errors import NoChannelError, TooLargeError

MAX_BODY: Final = 1_000_000
"""The most bytes of a message's body: brokers take 1 MiB, of which the headers need some."""

_PREFIX: Final = re.compile(r"([\w-]+\.)*[\w-]*", re.ASCII).fullmatch
_MAX_NAME: Final = 240
"""The most characters of a channel's name: Kafka takes 249, of which the names of dead letters need some."""


class Channel(Struct, frozen=True):
    """Where messages travel; what has one key stays in order. ``retention`` is in seconds, 0 for ever."""

    name: str
    partitions: int
    retention: int


Travels: TypeAlias = tuple[str, tuple[str, ...], int, int]


class Catalogue:
    """The contracts of one package; ``rows`` is its generated table of how each travels."""

    def __init__(self, registry: Registry, codec: SingleObject, rows: Mapping[str, Travels]) -> None:
        self.codec = codec
        self._registry = registry
        self._rows = rows
        self._channels = {name: channel for name, (channel, _, _, _) in rows.items()}
        self._keys = {name: _key_reader(path) for name, (_, path, _, _) in rows.items()}
        self.channels: dict[str, Channel] = {}
        for name, (channel, _, partitions, retention) in rows.items():
            self.channels[channel] = _merge(self.channels.get(channel), Channel(channel, partitions, retention), name)

    def under(self, prefix: str) -> Catalogue:
        """Return the same with a prefix before the name of each channel. Raises NoChannelError where it cannot be."""
        if not prefix:
            return self
        if not _PREFIX(prefix):
            raise NoChannelError(f'"{prefix}" can begin no channel: use letters, digits, "-" and "_", joined by dots')
        longest = max(self.channels, key=len, default="")
        if len(prefix) + len(longest) > _MAX_NAME:
            raise NoChannelError(f'"{prefix}" is too long: with {longest} it makes more than {_MAX_NAME} characters')
        rows = {name: (prefix + row[0], *row[1:]) for name, row in self._rows.items()}
        return Catalogue(self._registry, self.codec, rows)

    def names_of(self, classes: Iterable[Any]) -> tuple[str, ...]:
        """Return the full names of generated classes. Raises TypeError for others."""
        return tuple(self._registry.name_of(class_) for class_ in classes)

    def channel_of(self, name: str) -> Channel:
        """Return the channel of a contract by full name. Raises NoChannelError where it has none."""
        try:
            return self.channels[self._channels[name]]
        except KeyError:
            raise NoChannelError(
                f'{name} travels through no channel: its schema has no "contract" with a "channel", or is no event, '
                "command, answer or snapshot"
            ) from None

    def names_on(self, channel: str) -> frozenset[str]:
        """Return the full names of the contracts that a channel carries."""
        return frozenset(name for name, its in self._channels.items() if its == channel)

    def key_of(self, name: str, event: Any) -> str | None:
        """Return the key that keeps an event in order with others, as text; None where it has none.

        Raises NoChannelError where the contract's key leads nowhere, which `avow lint` reports.
        """
        try:
            value = self._keys[name](event)
        except AttributeError as error:
            raise NoChannelError(f"{name}: its key leads nowhere: {error}") from None
        return None if value is None else _text(value)

    def encode(self, event: Any) -> tuple[str, bytes]:
        """Return the full name of an event's contract, and the event as bytes.

        Raises EncodeError where a value does not fit, TooLargeError where no broker would take the message.
        """
        body = self.codec.encode(event)
        name: str = event.__avro__
        if len(body) > MAX_BODY:
            raise TooLargeError(f"{name}: {len(body)} bytes, and brokers take {MAX_BODY}")
        return name, body

    def name_in(self, body: bytes) -> str | None:
        """Return the full name of the contract that wrote a body, as far as its fingerprint is known here."""
        number = fingerprint_of(body)
        return None if number is None else self._registry.roots.get(number)

    def schema_of(self, name: str) -> tuple[str, str]:
        """Return the fingerprint of today's schema of a contract, in hexadecimal, and its text."""
        codec = self._registry.codec(name)
        return f"{codec.FINGERPRINT:016x}", codec.SCHEMA

    def text_of(self, fingerprint: int) -> str | None:
        """Return the text of the schema that has a fingerprint, where it is one of today's."""
        name = self._registry.roots.get(fingerprint)
        if name is None or not self._registry.has(name):
            return None
        known, text = self.schema_of(name)
        return text if known == f"{fingerprint:016x}" else None


def fingerprint_of(body: bytes) -> int | None:
    """Return the fingerprint in the header of a single-object message; None for anything else."""
    if len(body) < HEADER_SIZE or not body.startswith(MAGIC):
        return None
    return int.from_bytes(body[2:HEADER_SIZE], "little")


def _merge(known: Channel | None, more: Channel, name: str) -> Channel:
    """One channel may carry several contracts: it keeps messages as long as any of them asks."""
    if known is None:
        return more
    if known.partitions != more.partitions:
        raise NoChannelError(
            f'{name}: its channel "{more.name}" has {known.partitions} partitions by another contract, '
            f"and {more.partitions} by this one"
        )
    retention = max(known.retention, more.retention) if known.retention and more.retention else 0
    return Channel(more.name, more.partitions, retention)


def _key_reader(path: tuple[str, ...]) -> Callable[[Any], Any]:
    if len(path) == 1:
        return operator.attrgetter(path[0])

    def read(event: Any) -> Any:
        for attribute in path:
            event = None if event is None else getattr(event, attribute)  # an optional record may be missing
        return event if path else None

    return read


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return str(getattr(value, "value", value))  # of a symbol, the way the schema spells it
