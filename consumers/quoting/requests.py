"""The command that quoting handles: a quote for a house. Other things are not insured here."""

from __future__ import annotations

from producers.quoting.offers import Offers
from sqlalchemy import Engine

from consumers.quoting.desk import Desk, tell
from consumers.quoting.replica import Replica
from consumers.quoting.upstream import Upstream
from contracts.integrations.faststream import Bus
from contracts.integrations.outbox import Inbox
from contracts.policies import House
from contracts.quoting import DeclineReason, RequestQuote


def handle_requests(bus: Bus, engine: Engine, source: Upstream | Replica, desk: Desk, offers: Offers) -> None:
    """Subscribe to it. A customer who is not known yet is waited for as long as a message is tried."""
    inbox = Inbox("quoting")

    @bus.subscriber(RequestQuote)
    async def request_quote(command: RequestQuote) -> None:
        if isinstance(command.subject, House):
            await quote(command, command.subject)
        else:
            decline(command, DeclineReason.OUTSIDE_APPETITE)

    async def quote(command: RequestQuote, house: House) -> None:
        customer = await source.find(command.customer_id)
        with engine.begin() as transaction:
            is_new = inbox.add(transaction, str(command.command_id))
            made = desk.quote(transaction, command.quote_id, house, customer) if is_new else None
        tell(made)

    def decline(command: RequestQuote, reason: DeclineReason) -> None:
        with engine.begin() as transaction:
            if inbox.add(transaction, str(command.command_id)):
                offers.declined(transaction, command.quote_id, command.customer_id, reason)
