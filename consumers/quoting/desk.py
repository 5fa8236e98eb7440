"""Making quotes. It does not know in which style customers are known, nor whose message asks for one."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from msgspec.structs import replace
from producers.quoting.offers import Offers
from sqlalchemy import Connection

from consumers.quoting.book import Book
from consumers.quoting.known import Known
from consumers.quoting.rating import rate
from contracts.policies import House
from contracts.quoting import Quote, QuoteReason
from contracts.shared import Money, Product

log = logging.getLogger(__name__)

_VALID = timedelta(days=30)


class Desk:
    """Makes quotes, keeps them and sends them, all in the transaction of whoever asks."""

    def __init__(self, book: Book, offers: Offers) -> None:
        self._book = book
        self._offers = offers

    def quote(self, transaction: Connection, quote_id: UUID, house: House, customer: Known) -> Quote:
        """Make the quote that a customer asked for."""
        return self._make(transaction, quote_id, house, customer, QuoteReason.CUSTOMER_REQUEST, None)

    def quote_anew(self, transaction: Connection, customer: Known, version: int) -> Quote | None:
        """Make a quote for the house at a new address; none where there is no house, or the move is an old one."""
        insured = self._book.insured(transaction, customer.contact.customer_id)
        if insured is None or insured.version >= version:
            return None
        house = replace(insured.house, address=customer.address)
        moved = replace(customer, version=version)
        return self._make(transaction, uuid4(), house, moved, QuoteReason.ADDRESS_CHANGE, insured.premium)

    def _make(
        self,
        transaction: Connection,
        quote_id: UUID,
        house: House,
        customer: Known,
        reason: QuoteReason,
        previous: Money | None,
    ) -> Quote:
        rated = rate(house)
        quote = Quote(
            quote_id=quote_id,
            customer_id=customer.contact.customer_id,
            reason=reason,
            product=Product.HOME,
            subject=house,
            lines=rated.lines,
            factors=rated.factors,
            previous_premium=previous,
            premium=rated.premium,
            valid_until=datetime.now(UTC) + _VALID,
        )
        self._book.keep(transaction, quote, house, customer.version)
        self._offers.made(transaction, quote, customer.contact)
        return quote


def tell(quote: Quote | None) -> None:
    """Log a quote, once its transaction is through."""
    if quote is not None:
        said = {"quote_id": quote.quote_id, "customer_id": quote.customer_id, "reason": quote.reason.value}
        log.info("quoted", extra={**said, "premium": quote.premium.amount})
