"""A quote was made: is it so much dearer that somebody should call?"""

from __future__ import annotations

import logging
from decimal import Decimal

from sqlalchemy import Engine

from consumers.retention.calls import Calls
from consumers.retention.rise import rise
from contracts.integrations.faststream import Bus, Received
from contracts.integrations.outbox import Inbox
from contracts.quoting import QuoteGenerated

log = logging.getLogger(__name__)


def handle_quotes(bus: Bus, engine: Engine, calls: Calls, dearer: Decimal) -> None:
    """Subscribe to quotes. They come in order per customer, so the last one is the newest."""
    inbox = Inbox("retention")

    @bus.subscriber(QuoteGenerated)
    async def watch(event: QuoteGenerated, received: Received) -> None:
        by = rise(event.quote)
        is_much = by is not None and by >= dearer
        with engine.begin() as transaction:
            if inbox.add(transaction, received.id):
                calls.put(transaction, event, by if is_much else None)
        log.info("to be called" if is_much else "no need", extra={"customer_id": event.quote.customer_id})
