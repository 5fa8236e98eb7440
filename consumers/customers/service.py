"""How customers is put together."""

from __future__ import annotations

from producers.customers.announcements import Announcements

from consumers.customers.commands import handle_commands
from consumers.customers.queries import answer_queries
from consumers.customers.settings import Settings
from consumers.customers.store import Customers
from contracts.integrations.faststream import Bus
from contracts.integrations.http import Answers, Web
from contracts.integrations.outbox import Outbox, Relay, connect
from contracts.integrations.service import Service


def build(settings: Settings) -> Service:
    """Return the service, ready to run. Raises IntegrationError where its database cannot be used."""
    engine = connect(settings.database_url)
    customers = Customers(engine)
    outbox = Outbox("customers", prefix=settings.channel_prefix)
    bus = Bus(
        settings.broker_url,
        service="customers",
        prefix=settings.channel_prefix,
        patience=settings.patience,
        redeliver_after=settings.redeliver_after,
    )
    relay = Relay(engine, bus.send)
    answers = Answers()
    handle_commands(bus, engine, customers, Announcements(outbox, is_rich=settings.announce == "rich"))
    answer_queries(answers, engine, customers)

    async def answered() -> dict[str, int]:
        return dict(answers.counts)

    checks = {"broker": bus.check, "outbox": relay.waiting, "answered": answered}
    web = Web("customers", settings.port, host=settings.host, routes=answers.routes, checks=checks)
    return Service("customers", bus, before=[web], beside=[relay], after=[engine.dispose])
