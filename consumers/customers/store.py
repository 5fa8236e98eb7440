"""The customers, each as one document with its version beside it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, Text, Uuid, insert, select, update

import contracts
from contracts.customers import Customer

metadata = MetaData()

customers = Table(
    "customers",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("customer", Text, nullable=False),
)


class Customers:
    """What is known of each customer now."""

    def __init__(self, engine: Engine) -> None:
        metadata.create_all(engine)

    def find(self, transaction: Connection, customer_id: UUID, *, to_change: bool = False) -> Customer | None:
        """Return a customer; one that is to be changed is held until the transaction ends."""
        query = select(customers.c.customer).where(customers.c.customer_id == customer_id)
        found = transaction.execute(query.with_for_update() if to_change else query).scalar()
        return None if found is None else contracts.from_json(Customer, found)

    def add(self, transaction: Connection, customer: Customer) -> None:
        """Take on a customer."""
        transaction.execute(insert(customers), _row(customer))

    def change(self, transaction: Connection, customer: Customer) -> None:
        """Put a customer in the place of what was known before."""
        query = update(customers).where(customers.c.customer_id == customer.customer_id)
        transaction.execute(query, _row(customer))

    def all(self, transaction: Connection) -> Iterator[Customer]:
        """Yield every customer."""
        for found in transaction.execute(select(customers.c.customer)).scalars():
            yield contracts.from_json(Customer, found)


def _row(customer: Customer) -> dict[str, object]:
    return {
        "customer_id": customer.customer_id,
        "version": customer.version,
        "customer": contracts.to_json(customer),
    }
