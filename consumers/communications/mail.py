"""Emails as they are, from the command to send one; and the connection to the mail server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from aiosmtplib import SMTP, SMTPException, SMTPServerDisconnected
from opentelemetry import trace

from contracts.communications import SendEmail

_DOMAIN = "communications.insurance.example"


def message_id(command: SendEmail) -> str:
    """Return the Message-ID of an email: the same each time that it is sent, so that mailboxes keep one."""
    return f"<{command.command_id}@{_DOMAIN}>"


def compose(command: SendEmail, sender: str) -> EmailMessage:
    """Return the email. Raises ValueError for what no header can hold."""
    name = command.recipient.name
    email = EmailMessage()
    for header, value in command.headers.items():
        email[header] = value
    email["From"] = sender
    email["To"] = str(Address(f"{name.given_names} {name.family_name}".strip(), addr_spec=command.recipient.email))
    email["Subject"] = command.subject
    email["Message-ID"] = message_id(command)
    email["Date"] = format_datetime(command.requested_at)
    email.set_content(command.text)
    if command.html is not None:
        email.add_alternative(command.html, subtype="html")
    for each in command.attachments:
        kind, _, subtype = each.media_type.partition("/")
        email.add_attachment(each.content, maintype=kind, subtype=subtype, filename=each.file_name)
    return email


class Mail:
    """A mail server, over one connection that is made when it is needed."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._smtp = SMTP(hostname=host, port=port, timeout=timeout, start_tls=None)
        self._turn = asyncio.Lock()
        self._said: dict[str, str | int] = {"server.address": host, "server.port": port}

    async def hand_over(self, email: EmailMessage) -> None:
        """Send an email. Raises SMTPException; after one that says 5xx there is no use in trying again."""
        tracer = trace.get_tracer("communications")
        with tracer.start_as_current_span("smtp send", kind=trace.SpanKind.CLIENT, attributes=self._said):
            async with self._turn:
                try:
                    await self._send(email)
                except SMTPServerDisconnected:  # it had been quiet for too long; once more, over a new one
                    await self._send(email)

    async def _send(self, email: EmailMessage) -> None:
        if not self._smtp.is_connected:
            await self._smtp.connect()
        await self._smtp.send_message(email)

    async def close(self) -> None:
        """Say goodbye."""
        if self._smtp.is_connected:
            with suppress(SMTPException):
                await self._smtp.quit()
