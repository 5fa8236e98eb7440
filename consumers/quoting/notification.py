"""Event notification: the event says that something changed, and what it does not carry is asked of its owner."""

from __future__ import annotations

from sqlalchemy import Engine

from consumers.quoting.desk import Desk, tell
from consumers.quoting.known import Known
from consumers.quoting.upstream import Upstream
from contracts.customers import AddressChanged
from contracts.integrations.faststream import Bus, Received
from contracts.integrations.outbox import Inbox


def handle_notifications(bus: Bus, engine: Engine, upstream: Upstream, desk: Desk) -> None:
    """Subscribe to the notification."""
    inbox = Inbox("quoting")

    @bus.subscriber(AddressChanged)
    async def requote(event: AddressChanged, received: Received) -> None:
        customer = carried(event) or await upstream.find(event.customer_id, event.customer_version)
        with engine.begin() as transaction:
            is_new = inbox.add(transaction, received.id)
            quote = desk.quote_anew(transaction, customer, event.customer_version) if is_new else None
        tell(quote)


def carried(event: AddressChanged) -> Known | None:
    """Return what a rich notification carries; None for a thin one, as older versions are."""
    if event.address is None or event.contact is None:
        return None
    return Known(event.customer_version, event.contact, event.address)
