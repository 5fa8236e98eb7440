"""A mail server in a process of its own, which can be killed: `python -m examples.trial.postbox PORT FILE`.

What it takes is in an mbox file before it says so. Told by SIGUSR1, it breaks off once after it has taken an email, so
that the sender cannot know; told by SIGUSR2, it is busy for a few. One recipient, NOBODY, it refuses for good.
"""

from __future__ import annotations

import asyncio
import mailbox
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

NOBODY = "nobody@customer.example"
BUSY = 5
"""Emails for which it is busy when told to be."""


class Handler:
    """Appends each email to a file, in one write: who is killed leaves whole emails behind."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.breaks_off = 0
        self.busy = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse who does not exist."""
        if address == NOBODY:
            return "550 5.1.1 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take an email, unless told otherwise."""
        if self.busy:
            self.busy -= 1
            return "451 4.3.2 not now"
        content = (envelope.original_content or b"").replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        os.write(self._file, b"From postbox\n" + content + b"\n")
        if self.breaks_off and isinstance(server.transport, asyncio.WriteTransport):
            self.breaks_off -= 1
            server.transport.abort()
        return "250 OK"

    def break_off(self) -> None:
        """Say nothing once more after an email was taken."""
        self.breaks_off += 1

    def be_busy(self) -> None:
        """Take none of the next few."""
        self.busy += BUSY


def handed_over(path: Path) -> Iterator[tuple[str, str]]:
    """Yield Message-ID and recipient of each email that was taken, repeats included, in order."""
    parser = BytesHeaderParser(policy=policy.default)
    with closing(mailbox.mbox(path, create=False)) as box:
        for key in box.iterkeys():
            email: Any = parser.parsebytes(box.get_bytes(key))
            yield str(email["Message-ID"]).strip(), email["To"].addresses[0].addr_spec


async def serve(port: int, path: Path) -> None:
    """Take emails until killed."""
    handler, loop = Handler(path), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, handler.break_off)
    loop.add_signal_handler(signal.SIGUSR2, handler.be_busy)
    server = await loop.create_server(lambda: SMTP(handler, hostname="postbox"), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
