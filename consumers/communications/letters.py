"""What customers read."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from contracts.communications import SendEmail
from contracts.quoting import Quote, QuoteGenerated, QuoteReason
from contracts.shared import Money, PersonName

_QUOTE = """\
Dear {name},

{opening}

{lines}
{total}

The price is for one year, and holds until {until:%d %B %Y}.

Your insurer
"""
_OPENINGS = {
    QuoteReason.ADDRESS_CHANGE: "you have moved, and so has your house insurance. At the new address it costs",
    QuoteReason.CUSTOMER_REQUEST: "thank you for asking. Insuring your house costs",
}
_ANYWAY = "this is what your house insurance costs"


def quote_letter(event: QuoteGenerated) -> SendEmail:
    """Return the email about a quote; one quote makes one email, whose id derives from the quote's."""
    quote = event.quote
    return SendEmail(
        command_id=uuid5(NAMESPACE_URL, f"email:{quote.quote_id}"),
        recipient=event.recipient,
        template="quote",
        subject=f"Your quote: {shown(quote.premium)} a year",
        text=_text(quote, event.recipient.name),
        requested_at=datetime.now(UTC),
    )


def shown(money: Money) -> str:
    """Return an amount as people write it."""
    return f"{money.amount:,.2f} {money.currency.value}"


def _text(quote: Quote, name: PersonName) -> str:
    rows = [(line.label, shown(line.premium)) for line in quote.lines]
    total = [("Together", shown(quote.premium))]
    if quote.previous_premium is not None:
        total.append(("Until now", shown(quote.previous_premium)))
    return _QUOTE.format(
        name=" ".join(filter(None, (name.title, name.given_names, name.family_name))),
        opening=_OPENINGS.get(quote.reason, _ANYWAY),
        lines="\n".join(_row(*row) for row in rows),
        total="\n".join(_row(*row) for row in total),
        until=quote.valid_until,
    )


def _row(label: str, amount: str) -> str:
    return f"    {label:16}{amount:>16}"
