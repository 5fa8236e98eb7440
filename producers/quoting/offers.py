"""What quoting has to say, put into its outbox in the transaction that makes it true."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from contracts.integrations.outbox import Outbox
from contracts.quoting import DeclineReason, Quote, QuoteDeclined, QuoteGenerated
from contracts.shared import Contact


class Offers:
    """Events of quoting."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def made(self, transaction: Connection, quote: Quote, recipient: Contact) -> None:
        """A quote was made."""
        event = QuoteGenerated(quote=quote, recipient=recipient, occurred_at=datetime.now(UTC))
        self._outbox.add(transaction, event)

    def declined(self, transaction: Connection, quote_id: UUID, customer_id: UUID, reason: DeclineReason) -> None:
        """A quote was asked for and is not made."""
        now = datetime.now(UTC)
        event = QuoteDeclined(quote_id=quote_id, customer_id=customer_id, reason=reason, occurred_at=now)
        self._outbox.add(transaction, event)
