"""The command to send an email: it has this one handler, and each email one Message-ID however often it is tried."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from aiosmtplib import SMTPDataError, SMTPNotSupported, SMTPRecipientsRefused, SMTPResponseException
from producers.communications.outgoing import Outgoing
from sqlalchemy import Column, DateTime, Engine, MetaData, String, Table, Uuid, insert, select

from consumers.communications.mail import Mail, compose, message_id
from contracts.communications import SendEmail
from contracts.integrations.faststream import Bus
from contracts.integrations.outbox import reading

log = logging.getLogger(__name__)

metadata = MetaData()

emails = Table(
    "emails",
    metadata,
    Column("command_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False, index=True),
    Column("message_id", String(200), nullable=False),
    Column("refused", String(500), nullable=True),
    Column("done_at", DateTime(timezone=True), nullable=False),
)
"""What a mail server has taken, or refused for good."""


def handle_emails(bus: Bus, engine: Engine, mail: Mail, outgoing: Outgoing, sender: str) -> None:
    """Subscribe to the command.

    No transaction spans a database and a mail server: who dies between the two sends the email once more, and its
    Message-ID tells that it is the same.
    """
    metadata.create_all(engine)

    @bus.subscriber(SendEmail)
    async def send_email(command: SendEmail) -> None:
        if is_done(command):
            log.info("repeated", extra={"command_id": command.command_id})
            return
        refused = await hand_over(command)
        with engine.begin() as transaction:
            transaction.execute(insert(emails), _row(command, refused))
            if refused is None:
                outgoing.sent(transaction, command, message_id(command))
            else:
                outgoing.bounced(transaction, command, refused)
        log.info("sent" if refused is None else "refused", extra={"command_id": command.command_id})

    def is_done(command: SendEmail) -> bool:
        with reading(engine) as transaction:
            query = select(emails.c.command_id).where(emails.c.command_id == command.command_id)
            return transaction.execute(query).first() is not None

    async def hand_over(command: SendEmail) -> str | None:
        """Return why the mail server refuses an email for good, None where it takes it. Raises SMTPException."""
        try:
            await mail.hand_over(compose(command, sender))
        except SMTPRecipientsRefused as error:
            return _final(error.recipients[0])
        except SMTPDataError as error:
            return _final(error)
        except SMTPNotSupported as error:  # an address that needs more than the server has
            return str(error)
        return None


def _final(error: SMTPResponseException) -> str:
    """Return what a refusal says; one that is not meant for good is raised, to be tried again."""
    if error.code < 500:
        raise error
    return f"{error.code} {error.message}"[:500]


def _row(command: SendEmail, refused: str | None) -> dict[str, object]:
    return {
        "command_id": command.command_id,
        "customer_id": command.recipient.customer_id,
        "message_id": message_id(command),
        "refused": refused,
        "done_at": datetime.now(UTC),
    }
