"""How the portal is put together."""

from __future__ import annotations

from consumers.portal.answers import handle_answers

from contracts.integrations.faststream import Bus
from contracts.integrations.http import Web
from contracts.integrations.outbox import Outbox, Relay, connect
from contracts.integrations.service import Service
from producers.portal.desk import Desk
from producers.portal.people import routes
from producers.portal.settings import Settings


def build(settings: Settings) -> Service:
    """Return the service, ready to run. Raises IntegrationError where its database cannot be used."""
    engine = connect(settings.database_url)
    bus = Bus(
        settings.broker_url,
        service="portal",
        prefix=settings.channel_prefix,
        patience=settings.patience,
        redeliver_after=settings.redeliver_after,
    )
    relay = Relay(engine, bus.send)
    desk = Desk(engine, Outbox("portal", prefix=settings.channel_prefix))
    handle_answers(bus, desk)
    checks = {"broker": bus.check, "outbox": relay.waiting}
    web = Web("portal", settings.port, host=settings.host, routes=routes(desk), checks=checks)
    return Service("portal", bus, before=[web], beside=[relay], after=[engine.dispose])
