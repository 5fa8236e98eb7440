"""The mail server of the trial: what it takes is in a file before it says so."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope
from examples.trial.postbox import BUSY, NOBODY, Handler, handed_over

EMAIL = b"""\
To: Person Number%d <person%d@customer.example>\r
Message-ID:\r
 <%d@communications.insurance.example>\r
\r
From here on it is text,\r
\r
From the beginning of a line.\r
"""


class Server:
    """What the handler needs of aiosmtpd's."""

    def __init__(self) -> None:
        self.transport = Transport()


class Transport(asyncio.WriteTransport):
    aborted = 0

    def abort(self) -> None:
        self.aborted += 1


def take(handler: Handler, number: int, server: Any) -> str:
    envelope = Envelope()
    envelope.original_content = EMAIL % (number, number, number)
    return asyncio.run(handler.handle_DATA(server, None, envelope))  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mailbox"


def test_each_email_is_kept_whole_and_in_order(path: Path) -> None:
    handler, server = Handler(path), Server()
    assert [take(handler, number, server) for number in (1, 2, 1)] == ["250 OK"] * 3
    assert list(handed_over(path)) == [
        (f"<{number}@communications.insurance.example>", f"person{number}@customer.example") for number in (1, 2, 1)
    ]


def test_one_that_breaks_off_has_taken_the_email(path: Path) -> None:
    handler, server = Handler(path), Server()
    handler.break_off()
    take(handler, 1, server)
    take(handler, 2, server)
    assert (server.transport.aborted, len(list(handed_over(path)))) == (1, 2)


def test_one_that_is_busy_takes_none(path: Path) -> None:
    handler, server = Handler(path), Server()
    handler.be_busy()
    assert [take(handler, 1, server) for _ in range(BUSY)] == ["451 4.3.2 not now"] * BUSY
    assert take(handler, 1, server) == "250 OK"
    assert len(list(handed_over(path))) == 1


def test_nobody_is_refused_for_good(path: Path) -> None:
    envelope = Envelope()
    said = [
        asyncio.run(Handler(path).handle_RCPT(Server(), None, envelope, each, []))  # type: ignore[arg-type]
        for each in (NOBODY, "person1@customer.example")
    ]
    assert said == ["550 5.1.1 nobody of this name", "250 OK"]
    assert envelope.rcpt_tos == ["person1@customer.example"]
