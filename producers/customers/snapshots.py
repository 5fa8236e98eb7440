"""Snapshots: every customer as it is now, for whoever fills a replica from zero or has lost it."""

from __future__ import annotations

from datetime import UTC, datetime

from consumers.customers.store import Customers
from sqlalchemy import Engine

from contracts.customers import CustomerSnapshot
from contracts.integrations.outbox import Outbox, reading

_AT_ONCE = 200


def send_snapshots(engine: Engine, customers: Customers, outbox: Outbox) -> int:
    """Put a snapshot of each customer into the outbox, whose relay sends them, and return how many."""
    with reading(engine) as transaction:
        found = list(customers.all(transaction))
    for start in range(0, len(found), _AT_ONCE):
        with engine.begin() as transaction:
            for customer in found[start : start + _AT_ONCE]:
                outbox.add(transaction, CustomerSnapshot(customer=customer, taken_at=datetime.now(UTC)))
    return len(found)
