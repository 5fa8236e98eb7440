"""What quoting keeps: the house of each customer with what it was last quoted for, and every quote."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)

import contracts
from contracts.policies import House
from contracts.quoting import Quote
from contracts.shared import Money

metadata = MetaData()

houses = Table(
    "houses",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("house", Text, nullable=False),
    Column("premium", Text, nullable=False),
)
"""``version`` is that of the customer for whom it was last quoted."""

quotes = Table(
    "quotes",
    metadata,
    Column("quote_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("amount", String(40), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)


class Insured(Struct, frozen=True):
    """A house as it was last quoted."""

    version: int
    house: House
    premium: Money


class Book:
    """The houses and the quotes."""

    def __init__(self, engine: Engine) -> None:
        metadata.create_all(engine)

    def insured(self, transaction: Connection, customer_id: UUID) -> Insured | None:
        """Return the house of a customer, held until the transaction ends; None where no quote was ever made."""
        query = select(houses).where(houses.c.customer_id == customer_id).with_for_update()
        row = transaction.execute(query).one_or_none()
        if row is None:
            return None
        return Insured(row.version, contracts.from_json(House, row.house), contracts.from_json(Money, row.premium))

    def keep(self, transaction: Connection, quote: Quote, house: House, version: int) -> None:
        """Keep a quote, and the house as the one that it is for."""
        transaction.execute(delete(houses).where(houses.c.customer_id == quote.customer_id))
        insured = {"house": contracts.to_json(house), "premium": contracts.to_json(quote.premium)}
        transaction.execute(insert(houses), {"customer_id": quote.customer_id, "version": version, **insured})
        row = {
            "quote_id": quote.quote_id,
            "customer_id": quote.customer_id,
            "version": version,
            "reason": quote.reason.value,
            "amount": str(quote.premium.amount),
            "made_at": datetime.now(UTC),
        }
        transaction.execute(insert(quotes), row)
