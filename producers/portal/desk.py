"""The commands that the portal has sent, and what became of each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Column, Connection, DateTime, Engine, MetaData, String, Table, Text, Uuid, insert, select, update

from contracts.customers import ChangeAddress, RegisterCustomer
from contracts.integrations.outbox import Outbox, reading
from contracts.quoting import RequestQuote

Command: TypeAlias = RegisterCustomer | ChangeAddress | RequestQuote

metadata = MetaData()

commands = Table(
    "commands",
    metadata,
    Column("command_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False, index=True),
    Column("command", String(200), nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("answer", Text, nullable=True),
)


class Sent(Struct, frozen=True):
    """A command, and the answer as JSON where there is one."""

    command_id: UUID
    customer_id: UUID
    command: str
    answer: str | None


class Desk:
    """Takes commands and answers."""

    def __init__(self, engine: Engine, outbox: Outbox) -> None:
        metadata.create_all(engine)
        self._engine = engine
        self._outbox = outbox

    def send(self, command: Command) -> Sent:
        """Record a command and put it into the outbox; one that was sent before is not sent again."""
        with self._engine.begin() as transaction:
            found = _find(transaction, command.command_id)
            if found is None:
                found = Sent(command.command_id, command.customer_id, type(command).__name__, None)
                transaction.execute(insert(commands), {**_row(found), "sent_at": datetime.now(UTC)})
                self._outbox.add(transaction, command, message_id=str(command.command_id))
        return found

    def find(self, command_id: UUID) -> Sent | None:
        """Return a command that was sent here."""
        with reading(self._engine) as transaction:
            return _find(transaction, command_id)

    def answer(self, command_id: UUID, answer: str) -> bool:
        """Keep the answer to a command, and return whether it was sent here."""
        query = update(commands).where(commands.c.command_id == command_id).values(answer=answer)
        with self._engine.begin() as transaction:
            return transaction.execute(query).rowcount == 1


def _find(transaction: Connection, command_id: UUID) -> Sent | None:
    row = transaction.execute(select(commands).where(commands.c.command_id == command_id)).one_or_none()
    return None if row is None else Sent(row.command_id, row.customer_id, row.command, row.answer)


def _row(sent: Sent) -> dict[str, object]:
    return {"command_id": sent.command_id, "customer_id": sent.customer_id, "command": sent.command}
