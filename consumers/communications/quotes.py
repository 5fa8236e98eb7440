"""A quote was made: communications orders an email from itself."""

from __future__ import annotations

from producers.communications.outgoing import Outgoing
from sqlalchemy import Engine

from consumers.communications.letters import quote_letter
from contracts.integrations.faststream import Bus, Received
from contracts.integrations.outbox import Inbox
from contracts.quoting import QuoteGenerated


def handle_quotes(bus: Bus, engine: Engine, outgoing: Outgoing) -> None:
    """Subscribe to quotes."""
    inbox = Inbox("communications")

    @bus.subscriber(QuoteGenerated)
    async def order_email(event: QuoteGenerated, received: Received) -> None:
        command = quote_letter(event)
        with engine.begin() as transaction:
            if inbox.add(transaction, received.id):
                outgoing.send(transaction, command)
