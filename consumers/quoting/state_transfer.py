"""Event-carried state transfer: the event brings the state along, and quoting keeps what it needs of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from sqlalchemy import Engine

import contracts
from consumers.quoting.desk import Desk, tell
from consumers.quoting.known import Known, needed
from consumers.quoting.replica import Replica
from contracts.customers import Customer, CustomerSnapshot, CustomerUpdated
from contracts.integrations.faststream import Bus, Received
from contracts.integrations.outbox import Inbox

log = logging.getLogger(__name__)


def handle_states(bus: Bus, engine: Engine, replica: Replica, desk: Desk) -> None:
    """Subscribe to states, and to snapshots, from which a replica can be filled whose events are gone."""
    inbox = Inbox("quoting")

    @bus.subscriber(CustomerUpdated)
    async def follow(event: CustomerUpdated, received: Received) -> None:
        customer, quote, is_news = needed(event.after), None, False
        with engine.begin() as transaction:
            if inbox.add(transaction, received.id):
                is_news = replica.put(transaction, customer)
                if has_moved(event.before, event.after):
                    quote = desk.quote_anew(transaction, customer, customer.version)
        _tell(customer, is_news, event.occurred_at)
        tell(quote)

    @bus.subscriber(CustomerSnapshot)
    async def fill(snapshot: CustomerSnapshot) -> None:
        customer = needed(snapshot.customer)
        with engine.begin() as transaction:
            is_news = replica.put(transaction, customer)
        _tell(customer, is_news, snapshot.taken_at)


def has_moved(before: Customer | None, after: Customer) -> bool:
    """Return whether a part of the address differs, found field by field; of a new customer nothing does."""
    # avow: reads Customer.address
    changes = [] if before is None else contracts.difference(before, after)
    return any(change.path.startswith("address.") for change in changes)


def _tell(customer: Known, is_news: bool, since: datetime) -> None:
    lag = (datetime.now(UTC) - since).total_seconds() * 1000
    said = {"customer_id": customer.contact.customer_id, "version": customer.version, "lag_ms": round(lag, 1)}
    log.info("replicated" if is_news else "known already", extra=said)
