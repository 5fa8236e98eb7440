"""Who should be called: one line a customer, that of the newest quote heard of."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from msgspec import Struct
from sqlalchemy import Column, Connection, DateTime, Engine, MetaData, String, Table, Uuid, delete, insert, select

from contracts.integrations.outbox import reading
from contracts.quoting import QuoteGenerated

metadata = MetaData()

calls = Table(
    "calls",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("quote_id", Uuid, nullable=False),
    Column("name", String(400), nullable=False),
    Column("rise", String(40), nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
)


class Call(Struct, frozen=True):
    """Somebody to be called; ``rise`` is the part of the old price by which the new one is higher."""

    customer_id: str
    quote_id: str
    name: str
    rise: str


class Calls:
    """The list."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        metadata.create_all(engine)

    def put(self, transaction: Connection, event: QuoteGenerated, rise: Decimal | None) -> None:
        """Put a customer on the list, with None take them off it."""
        quote, name = event.quote, event.recipient.name
        transaction.execute(delete(calls).where(calls.c.customer_id == quote.customer_id))
        if rise is not None:
            row = {
                "customer_id": quote.customer_id,
                "quote_id": quote.quote_id,
                "name": f"{name.given_names} {name.family_name}",
                "rise": f"{rise:.3f}",
                "added_at": datetime.now(UTC),
            }
            transaction.execute(insert(calls), row)

    def all(self) -> list[Call]:
        """Return the list, the longest on it first."""
        with reading(self._engine) as transaction:
            rows = transaction.execute(select(calls).order_by(calls.c.added_at)).all()
        return [Call(str(row.customer_id), str(row.quote_id), row.name, row.rise) for row in rows]
