"""Messages that nobody can handle, each with an id of its own, by which its dead letter is found again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from uuid import uuid4

from msgspec import Struct

import contracts
from contracts._runtime.integrations.faststream.transport import Arrived, Position, RawHeaders
from contracts.billing import PaymentFailed
from contracts.communications import SendEmail
from contracts.customers import AddressChanged
from contracts.integrations.faststream import Bus
from contracts.shared import Contact, PersonName
from contracts.testing import sample
from examples.trial.accounts import Letter, Poison
from examples.trial.stage import READERS, Stage, patiently

ID = "trial-poison"
"""The header that tells one from another."""


class Kind(Struct, frozen=True):
    """A way to be wrong: bytes, the beginning of the reason in the dead letter, and the one channel for it, if any."""

    name: str
    make: Callable[[], bytes]
    reason: str
    channel: str | None = None


def _changed() -> bytes:
    return contracts.encode(sample(AddressChanged, customer_id=uuid4()))


def _impossible() -> bytes:
    """A command whose email has a header that no email can have."""
    recipient = Contact(customer_id=uuid4(), name=PersonName(given_names="A", family_name="B"), email="a@b.example")
    command = SendEmail(
        command_id=uuid4(),
        recipient=recipient,
        template="poison",
        subject="poison",
        text="poison",
        headers={"X-Poison": "one\ntwo"},
        requested_at=datetime.now(UTC),
    )
    return contracts.encode(command)


KINDS = (
    Kind("no message at all", lambda: b"poison " + secrets.token_bytes(8), "DecodeError: "),
    Kind("empty", bytes, "DecodeError: "),
    Kind("a schema that nobody knows", lambda: b"\xc3\x01" + secrets.token_bytes(20), "UnknownSchemaError: "),
    Kind("cut short", lambda: _changed()[:-3], "DecodeError: ", "customers.address-changed"),
    Kind("bytes too many", lambda: _changed() + b"!", "DecodeError: ", "customers.address-changed"),
    Kind("of another channel", lambda: contracts.encode(sample(PaymentFailed)), "LookupError: the channel does not"),
    Kind("no email can be made of it", _impossible, "ValueError: ", "communications.send-email"),
)


async def inject(stage: Stage, kind: Kind, rng: Random) -> Poison:
    """Send a message of a kind to a channel, and return what to look for."""
    channel = kind.channel or rng.choice(sorted(READERS))
    found = Poison(secrets.token_hex(8), kind.name, channel, READERS[channel], kind.make(), kind.reason)
    headers: RawHeaders = [(ID, found.id.encode())]
    partition = rng.randrange(stage.bus.catalogue.channels[channel].partitions)
    arrived = Arrived(Position(channel, partition, 0), None, headers, found.body)
    await patiently(lambda: stage.bus.transport.repeat(arrived, found.id))
    return found


async def buried(bus: Bus) -> list[Letter]:
    """Return the dead letters of all channels."""
    found = []
    for channel in sorted(bus.catalogue.channels):
        for each in await patiently(lambda channel=channel: bus.dead_letters.of(channel)):  # type: ignore[misc]
            id_ = dict(each.arrived.headers).get(ID, b"").decode() or None
            found.append(Letter(channel, each.service, each.reason, each.arrived.body, id_))
    return found
