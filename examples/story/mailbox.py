"""A mail server that keeps what it takes in a maildir, and does not know whoever is called nobody."""

from __future__ import annotations

import mailbox
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, Envelope, Session

from examples.story.processes import free_port


class Box(Mailbox):
    """Takes emails for everybody else."""

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:  # noqa: N802
        if address.startswith("nobody."):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class MailServer:
    """An SMTP server on a free port, in a thread of its own; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._controller: Controller | None = None
        self._read: dict[str, EmailMessage] = {}

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(Box(self._folder), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Be gone."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def handed_over(self) -> list[EmailMessage]:
        """Return the emails that were taken, in the order in which they came, repeats included."""
        kept = mailbox.Maildir(self._folder)
        for key in sorted(kept.keys() - self._read.keys(), key=_number):
            self._read[key] = BytesParser(policy=policy.default).parsebytes(kept.get_bytes(key))
        return list(self._read.values())

    def emails(self) -> dict[str, EmailMessage]:
        """Return the emails by Message-ID, as a mailbox shows them: one that came twice is one."""
        return {str(email["Message-ID"]): email for email in self.handed_over()}


def _number(key: str) -> int:
    """Return the place of an email among all that its process has put into a maildir, which lists them in no order."""
    return int(key.partition("Q")[2].partition(".")[0])
