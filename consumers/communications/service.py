"""How communications is put together."""

from __future__ import annotations

from aiosmtplib import SMTPException
from producers.communications.outgoing import Outgoing

from consumers.communications.emails import handle_emails
from consumers.communications.mail import Mail
from consumers.communications.quotes import handle_quotes
from consumers.communications.settings import Settings
from contracts.integrations.faststream import Bus, Retry
from contracts.integrations.http import Web
from contracts.integrations.outbox import Outbox, Relay, connect
from contracts.integrations.service import Service


def build(settings: Settings) -> Service:
    """Return the service, ready to run. Raises IntegrationError where its database cannot be used."""
    engine = connect(settings.database_url)
    bus = Bus(
        settings.broker_url,
        service="communications",
        prefix=settings.channel_prefix,
        patience=settings.patience,
        redeliver_after=settings.redeliver_after,
        retry=Retry(longest=2.0),
        transient=(SMTPException,),
    )
    relay = Relay(engine, bus.send)
    mail = Mail(settings.smtp_host, settings.smtp_port, settings.smtp_timeout)
    outgoing = Outgoing(Outbox("communications", prefix=settings.channel_prefix))
    handle_quotes(bus, engine, outgoing)
    handle_emails(bus, engine, mail, outgoing, settings.sender)
    checks = {"broker": bus.check, "outbox": relay.waiting}
    web = Web("communications", settings.port, host=settings.host, checks=checks)
    return Service("communications", bus, before=[web], beside=[relay], after=[mail.close, engine.dispose])
