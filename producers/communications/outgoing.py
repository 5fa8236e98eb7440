"""What communications has to say, put into its outbox in the transaction that makes it true."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from contracts.communications import BounceType, EmailBounced, EmailSent, SendEmail
from contracts.integrations.outbox import Outbox


class Outgoing:
    """Commands and events of communications."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def send(self, transaction: Connection, command: SendEmail) -> None:
        """An email is to be sent."""
        self._outbox.add(transaction, command, message_id=str(command.command_id))

    def sent(self, transaction: Connection, command: SendEmail, message_id: str) -> None:
        """A mail server has taken an email."""
        event = EmailSent(
            email_id=command.command_id,
            customer_id=command.recipient.customer_id,
            message_id=message_id,
            template=command.template,
            occurred_at=datetime.now(UTC),
        )
        self._outbox.add(transaction, event)

    def bounced(self, transaction: Connection, command: SendEmail, status: str) -> None:
        """A mail server refuses an email for good."""
        event = EmailBounced(
            email_id=command.command_id,
            customer_id=command.recipient.customer_id,
            type=BounceType.HARD,
            status=status,
            occurred_at=datetime.now(UTC),
        )
        self._outbox.add(transaction, event)
