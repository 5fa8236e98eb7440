"""How quoting is put together, in either style."""

from __future__ import annotations

from producers.quoting.offers import Offers
from sqlalchemy import Engine

from consumers.quoting.book import Book
from consumers.quoting.desk import Desk
from consumers.quoting.notification import handle_notifications
from consumers.quoting.replica import Replica
from consumers.quoting.requests import handle_requests
from consumers.quoting.settings import Settings
from consumers.quoting.state_transfer import handle_states
from consumers.quoting.upstream import CircuitOpenError, Upstream
from contracts.integrations.faststream import Bus, Retry
from contracts.integrations.http import Client, UnavailableError, Web
from contracts.integrations.outbox import Outbox, Relay, connect
from contracts.integrations.service import Service


def build(settings: Settings) -> Service:
    """Return the service, ready to run. Raises IntegrationError where its database cannot be used."""
    engine = connect(settings.database_url)
    bus = Bus(
        settings.broker_url,
        service="quoting",
        prefix=settings.channel_prefix,
        patience=settings.patience,
        redeliver_after=settings.redeliver_after,
        retry=Retry(longest=2.0),
        transient=(UnavailableError, CircuitOpenError),
    )
    relay = Relay(engine, bus.send)
    client = Client(settings.customers_url, timeout=settings.timeout)
    handle(settings, bus, engine, client)
    checks = {"broker": bus.check, "outbox": relay.waiting}
    web = Web("quoting", settings.port, host=settings.host, checks=checks)
    return Service("quoting", bus, before=[web], beside=[relay], after=[client.close, engine.dispose])


def handle(settings: Settings, bus: Bus, engine: Engine, client: Client) -> None:
    """Subscribe to what the chosen style needs: notifications, with calls back, or states, with a replica."""
    offers = Offers(Outbox("quoting", prefix=settings.channel_prefix))
    desk = Desk(Book(engine), offers)
    if settings.style == "notification":
        upstream = Upstream(client)
        handle_notifications(bus, engine, upstream, desk)
        handle_requests(bus, engine, upstream, desk, offers)
    else:
        replica = Replica(engine)
        handle_states(bus, engine, replica, desk)
        handle_requests(bus, engine, replica, desk, offers)
