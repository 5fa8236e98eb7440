"""How retention is put together."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from consumers.retention.calls import Calls
from consumers.retention.quotes import handle_quotes
from consumers.retention.settings import Settings
from contracts.integrations.faststream import Bus
from contracts.integrations.http import Web
from contracts.integrations.outbox import connect
from contracts.integrations.service import Service


def build(settings: Settings) -> Service:
    """Return the service, ready to run. Raises IntegrationError where its database cannot be used."""
    engine = connect(settings.database_url)
    calls = Calls(engine)
    bus = Bus(settings.broker_url, service="retention", prefix=settings.channel_prefix, patience=settings.patience)
    handle_quotes(bus, engine, calls, Decimal(str(settings.dearer)))

    async def show(_: Request) -> Response:
        return Response(msgspec.json.encode(calls.all()), media_type="application/json")

    routes = [Route("/calls", show, methods=["GET"])]
    web = Web("retention", settings.port, host=settings.host, routes=routes, checks={"broker": bus.check})
    return Service("retention", bus, before=[web], after=[engine.dispose])
