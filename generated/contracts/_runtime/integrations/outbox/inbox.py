"""A message once: its id is recorded in the transaction that holds its effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from .tables import inbox

_INSERTS: Final = {
    dialect: insert(inbox)
    .values(consumer=bindparam("consumer"), id=bindparam("id"))
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True)  # else it is -1 on PostgreSQL
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class Inbox:
    """The messages that one consumer has had; ``consumer`` is the service, where one database serves several."""

    def __init__(self, consumer: str) -> None:
        self._consumer = consumer

    def add(self, transaction: Connection, message_id: str) -> bool:
        """Record a message, and return whether it is new; its effect belongs in the same transaction.

        Where two instances have the same message at once, the second waits for the first to commit or roll back.
        """
        insert = _INSERTS[transaction.dialect.name]
        return transaction.execute(insert, {"consumer": self._consumer, "id": message_id}).rowcount == 1

    def forget(self, transaction: Connection, older_than: timedelta) -> int:
        """Delete records of long ago and return how many; a message that is repeated later counts as new."""
        limit = datetime.now(UTC) - older_than
        old = delete(inbox).where(inbox.c.consumer == self._consumer, inbox.c.received_at < limit)
        return transaction.execute(old).rowcount
