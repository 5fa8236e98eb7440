"""How much dearer a quote is than what was paid before: a decision, which knows no database and no broker."""

from __future__ import annotations

from decimal import Decimal

from contracts.quoting import Quote


def rise(quote: Quote) -> Decimal | None:
    """Return the part of the old price by which the new one is higher; None where they cannot be compared."""
    before, now = quote.previous_premium, quote.premium
    if before is None or before.currency is not now.currency or not before.amount:
        return None
    return (now.amount - before.amount) / before.amount
