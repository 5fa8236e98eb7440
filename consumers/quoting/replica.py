"""A copy of the part of each customer that quoting needs: the newest version wins, in whatever order they come."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, DateTime, Engine, MetaData, Table, Text, Uuid, select
from sqlalchemy.dialects import postgresql, sqlite

import contracts
from consumers.quoting.known import Known
from contracts.integrations.outbox import reading
from contracts.shared import Address, Contact

metadata = MetaData()

replica = Table(
    "replica",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("contact", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("replicated_at", DateTime(timezone=True), nullable=False),
)


def _put_newer(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    return insert.on_conflict_do_update(
        index_elements=[replica.c.customer_id],
        set_={column.name: insert.excluded[column.name] for column in replica.columns},
        where=insert.excluded.version > replica.c.version,
    ).execution_options(preserve_rowcount=True)


_PUT = {
    dialect: _put_newer(insert(replica))
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


class Replica:
    """The customers as far as quoting has heard of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        metadata.create_all(engine)

    async def find(self, customer_id: UUID, at_least_version: int | None = None) -> Known:
        """Return a customer. Raises LookupError where nothing of that version has come yet."""
        with reading(self._engine) as transaction:
            row = transaction.execute(select(replica).where(replica.c.customer_id == customer_id)).one_or_none()
        if row is None or row.version < (at_least_version or 0):
            raise LookupError(f"the replica has no customer {customer_id} of version {at_least_version or 1} or newer")
        return Known(row.version, contracts.from_json(Contact, row.contact), contracts.from_json(Address, row.address))

    def put(self, transaction: Connection, known: Known) -> bool:
        """Keep a customer, and return whether it is newer than what was there."""
        put = _PUT[transaction.dialect.name]
        return transaction.execute(put, _row(known)).rowcount == 1


def _row(known: Known) -> dict[str, object]:
    return {
        "customer_id": known.contact.customer_id,
        "version": known.version,
        "contact": contracts.to_json(known.contact),
        "address": contracts.to_json(known.address),
        "replicated_at": datetime.now(UTC),
    }
