"""All that the story needs, started and stopped together: a broker, a mail server, a collector, the services."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2 as httpx
from msgspec import Struct

from examples.story.broker import broker
from examples.story.collector import Collector
from examples.story.mailbox import MailServer
from examples.story.person import Person
from examples.story.processes import Services


class Story(Struct, frozen=True):
    """What is there while the story runs. ``told`` is what services are told of the broker."""

    told: dict[str, str]
    services: Services
    mail: MailServer
    collector: Collector
    portal: httpx.Client

    def person(self, name: str = "Ada Lovelace") -> Person:
        """Return somebody at the portal."""
        return Person(self.portal, name)

    def restart(self, name: str, **more: str) -> None:
        """End a service and start it again, told something else."""
        if name in self.services.running:
            self.services.end(name)
        self.services.start(name, **more)
        self.services.wait(name)


@contextmanager
def story(told: Mapping[str, str] | None = None) -> Iterator[Story]:
    """Return a story of which no service runs yet; whatever happens, nothing of it is left behind.

    ``told`` is what services are told of a broker that is there already.
    """
    signal.signal(signal.SIGTERM, _end)
    with TemporaryDirectory(prefix="story-") as name, ExitStack() as stack:
        folder = Path(name)
        known = dict(told) if told is not None else stack.enter_context(broker(folder))
        mail, collector = MailServer(folder / "mail"), Collector()
        services = Services(folder, known["BROKER_URL"], {**known, "SMTP_PORT": str(mail.port)})
        mail.start()
        stack.callback(mail.stop)
        collector.start()
        stack.callback(collector.stop)
        stack.callback(services.kill)
        portal = stack.enter_context(httpx.Client(base_url=services.url("portal"), timeout=10))
        yield Story(known, services, mail, collector, portal)


def _end(*_: Any) -> None:
    sys.exit("the story was asked to end")
