"""State and message in one transaction: what is to be sent waits in a table until the relay has sent it."""

from __future__ import annotations

from uuid import uuid4

import msgspec
from sqlalchemy import Connection, func, insert, select

from ...record import Record
from .. import tracing
from ..catalogue import Catalogue
from ..envelope import now
from .tables import outbox


class Outbox:
    """The messages that one service has to send; ``service`` is their source, ``prefix`` as that of its bus."""

    catalogue: Catalogue

    def __init__(self, service: str, *, prefix: str = "") -> None:
        self._service = service
        self.catalogue = self.catalogue.under(prefix)
        tracing.look()

    def add(self, transaction: Connection, event: Record, *, message_id: str | None = None) -> str:
        """Put an event into the outbox, and return its message's id; it is sent once the transaction commits.

        Raises EncodeError where a value does not fit, NoChannelError, and TooLargeError where no broker would take it,
        all before anything is written.
        """
        name, body = self.catalogue.encode(event)
        channel = self.catalogue.channel_of(name).name
        key = self.catalogue.key_of(name, event) or ""
        id_ = message_id or str(uuid4())
        if key:
            _take_turn(transaction, channel, key)
        row = {
            "id": id_,
            "aggregatetype": channel,
            "aggregateid": key,
            "type": name,
            "payload": body,
            "source": self._service,
            "time": now(),
            "headers": msgspec.json.encode(tracing.context()).decode(),
        }
        transaction.execute(insert(outbox), row)
        return id_


def _take_turn(transaction: Connection, channel: str, key: str) -> None:
    """Hold off others with the same key until this commits, so that positions are in the order of commits.

    SQLite has one writer at a time anyway.
    """
    if transaction.dialect.name == "postgresql":
        transaction.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{channel}\n{key}", 0))))
