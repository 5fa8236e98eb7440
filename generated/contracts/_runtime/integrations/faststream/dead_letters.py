"""Messages that could not be decoded or handled: kept with the reason and all their bytes, shown, redriven."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..envelope import now
from ..errors import TooLargeError
from .tables import dead_letters
from .transport import Arrived, Position, RawHeaders, Row, Transport

REDRIVEN: Final = "redriven-for"
"""Header of a message that was sent again: the one service that it is for, since the others have had it."""

_PREFIX: Final = "dead-letter-"
_MAX_REASON: Final = 500


class DeadLetter(Struct, frozen=True):
    """A message that a service could not handle; ``is_cut`` where the broker did not take its body a second time."""

    service: str
    reason: str
    time: str
    arrived: Arrived
    is_cut: bool = False

    @property
    def key(self) -> str:
        """What tells it from others of its channel."""
        position = self.arrived.position
        return f"{self.service}.{position.partition}.{position.offset}"


class DeadLetters:
    """The dead letters on a broker."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def bury(self, arrived: Arrived, service: str, error: BaseException) -> DeadLetter:
        """Keep a message. Raises BrokerError."""
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_MAX_REASON]
        letter = DeadLetter(service, reason, now(), arrived)
        table = self._transport.table(dead_letters(arrived.position.channel))
        try:
            await table.put(_row(letter))
        except TooLargeError:  # the reason did not fit beside a body as large as the broker takes
            letter = replace(letter, arrived=replace(arrived, body=b"", headers=[]), is_cut=True)
            await table.put(_row(letter))
        return letter

    async def of(self, channel: str) -> list[DeadLetter]:
        """Return the dead letters of a channel, the oldest first. Raises BrokerError."""
        rows = await self._transport.table(dead_letters(channel)).rows()
        return [_letter(channel, row) for row in rows]

    async def redrive(self, letter: DeadLetter) -> None:
        """Send a message to the service that could not handle it, and forget its dead letter. Raises BrokerError.

        A repeat after a crash in between is one more repeat of the same message, told by the same id.
        """
        arrived = letter.arrived
        if letter.is_cut:
            arrived = await self._transport.fetch(arrived.position)
        headers = [header for header in arrived.headers if header[0] != REDRIVEN]
        headers.append((REDRIVEN, letter.service.encode()))
        await self._transport.repeat(replace(arrived, headers=headers), f"{letter.key}@{letter.time}")
        await self._transport.table(dead_letters(arrived.position.channel)).delete(letter.key)


def _row(letter: DeadLetter) -> Row:
    position = letter.arrived.position
    said = {
        "service": letter.service,
        "reason": letter.reason,
        "time": letter.time,
        "position": str(position),
        "cut": str(letter.is_cut),
    }
    if letter.arrived.key is not None:
        said["key"] = letter.arrived.key.hex()
    headers: RawHeaders = [(_PREFIX + name, value.encode()) for name, value in said.items()]
    return Row(letter.key, [*letter.arrived.headers, *headers], letter.arrived.body)


def _letter(channel: str, row: Row) -> DeadLetter:
    said = {
        name.removeprefix(_PREFIX): value.decode("utf-8", "replace")
        for name, value in row.headers
        if name.startswith(_PREFIX)
    }
    service, partition, offset = row.key.rsplit(".", 2)
    own = [(name, value) for name, value in row.headers if not name.startswith(_PREFIX)]
    key = bytes.fromhex(said["key"]) if "key" in said else None
    arrived = Arrived(Position(channel, int(partition), int(offset)), key, own, row.value)
    return DeadLetter(service, said.get("reason", ""), said.get("time", ""), arrived, said.get("cut") == "True")
