"""All that the story needs, started and stopped together: a broker, a mail server, a collector, the services."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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

    def person(self, name: str = "Ada Lovelace") -> Person:
        """Return somebody at the portal."""
        return Person(self.services.url("portal"), self.services.http, name)

    def restart(self, name: str, **more: str) -> None:
        """End a service and start it again, told something else."""
        if name in self.services.running:
            self.services.end(name)
        self.services.start(name, **more)
        self.services.wait(name)


@contextmanager
def story() -> Iterator[Story]:
    """Return a story of which no service runs yet; whatever happens, nothing of it is left behind."""
    signal.signal(signal.SIGTERM, _end)
    with TemporaryDirectory(prefix="story-") as name:
        folder = Path(name)
        mail, collector = MailServer(folder / "mail"), Collector()
        with broker(folder) as told:
            services = Services(folder, told["BROKER_URL"], {**told, "SMTP_PORT": str(mail.port)})
            try:
                mail.start()
                collector.start()
                yield Story(told, services, mail, collector)
            finally:
                services.close()
                collector.stop()
                mail.stop()


def _end(*_: Any) -> None:
    sys.exit("the story was asked to end")
