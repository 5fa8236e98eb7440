"""Broker, services and mail server of a trial: processes, to be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tests.support.brokers.nats_server import NatsCluster
from tests.support.brokers.server import Server, free_port, kill, launch, wait_for_port

from contracts.integrations.faststream import BrokerError, Bus
from examples.story.probe import Probe, make_probe
from examples.story.processes import REPOSITORY, Services

T = TypeVar("T")

SERVICES = ("portal", "customers", "quoting", "communications")
"""Those that the story cannot do without; all of their effects are accounted for."""

READERS: Mapping[str, str] = {
    "customers.register-customer": "customers",
    "customers.change-address": "customers",
    "customers.change-address-answers": "portal",
    "customers.address-changed": "quoting",
    "customers.customer-updated": "quoting",
    "customers.customer-snapshots": "quoting",
    "quoting.request-quote": "quoting",
    "quoting.quote-generated": "communications",
    "communications.send-email": "communications",
}
"""The channels that are read, and by which service."""

STYLES: Mapping[str, frozenset[str]] = {
    "notification": frozenset({"customers.address-changed"}),
    "state-transfer": frozenset({"customers.customer-updated", "customers.customer-snapshots"}),
}
"""The channels that quoting reads in one style alone; in the other, what comes there waits."""

_PATIENCE = 180.0
_ATTEMPTS = 5
_REDELIVER_AFTER = "3"
"""Seconds; less than a database is locked for at times, so that messages also come again while they are in hand."""


class Stage:
    """All that runs, in a folder that holds databases, logs and the mailbox."""

    def __init__(self, folder: Path, server: Server, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.server = server
        self.mailbox = folder / "mailbox"
        self._smtp = free_port()
        self._postbox: subprocess.Popen[bytes] | None = None
        told = {"SMTP_PORT": str(self._smtp), "LOG_LEVEL": "WARNING", "PATIENCE": str(_PATIENCE)}
        self.services = Services(folder, server.url, {**told, "REDELIVER_AFTER": _REDELIVER_AFTER, **environment})
        self.turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """One fault at a time for each of the processes."""
        self.told: dict[str, str] = {"STYLE": "notification", "ANNOUNCE": "thin"}
        self.bus = Bus(server.url, service="trial", logger=None)
        self.probe: Probe = make_probe(self.bus, server.url)

    async def declare(self) -> None:
        """Declare all channels. Raises RuntimeError with what the command says where it cannot."""
        copies = "3" if "," in self.server.url else "1"
        command = [sys.executable, "-m", "contracts.integrations.faststream", "declare", "--replicas", copies]
        await self._run(command, {"BROKER_URL": self.server.url})

    async def snapshots(self) -> None:
        """Send a snapshot of every customer."""
        command = [sys.executable, "-m", "producers.customers"]
        await _again(partial(self._run, command, self.services.environment("customers")))

    async def _run(self, command: list[str], environment: Mapping[str, str]) -> None:
        path = os.pathsep.join([str(REPOSITORY / "generated"), str(REPOSITORY)])
        told = {**os.environ, **environment, "PYTHONPATH": path}
        done = await asyncio.to_thread(subprocess.run, command, env=told, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)

    async def start(self, *names: str, **more: str) -> None:
        """Start services, and wait until they are well; ``more`` holds from now on.

        One that ends meanwhile, since its database is locked for too long, is started again, as orchestrators do.
        """
        self.told |= more
        for name in names:
            self.services.start(name, **self.told)
        for name in names:
            await _again(partial(self._wait, name))

    async def _wait(self, name: str) -> None:
        if self.services.running[name].poll() is not None:
            self.services.start(name, **self.told)
        await asyncio.to_thread(self.services.wait, name, seconds=_PATIENCE)

    async def restart(self, name: str, **more: str) -> None:
        """Kill a service and start it again."""
        self.services.kill(name)
        await self.start(name, **more)

    async def end(self, *names: str) -> None:
        """Ask services to end."""
        await asyncio.to_thread(self.services.end, *names)

    async def kill_broker(self, channel: str) -> None:
        """Kill the broker; of a cluster, the node that leads a channel."""
        if isinstance(self.server, NatsCluster):
            await self.server.kill_leader(channel)
        else:
            await asyncio.to_thread(self.server.kill)

    def start_postbox(self) -> None:
        """Start the mail server."""
        command = [sys.executable, "-m", "examples.trial.postbox", str(self._smtp), str(self.mailbox)]
        self._postbox = launch(command, self.folder / "postbox.log")
        wait_for_port(self._smtp, self._postbox)

    def kill_postbox(self) -> None:
        """Kill it."""
        kill(self._postbox)

    def tell_postbox(self, what: signal.Signals) -> None:
        """Tell it to behave oddly."""
        if self._postbox is not None:
            self._postbox.send_signal(what)

    async def waiting(self, name: str, style: str | None = None) -> int:
        """Return how many messages wait for a service; of quoting, those of the style in which it runs, or of all."""
        unread = {channel for each, channels in STYLES.items() if style not in (None, each) for channel in channels}
        asked = [
            self.probe.waiting(channel, name)
            for channel, reader in READERS.items()
            if reader == name and channel not in unread
        ]
        return sum(await asyncio.gather(*asked))

    def rows(self, service: str, query: str, *values: Any) -> list[Any]:
        """Ask the database of a service."""
        with closing(sqlite3.connect(self.services.database(service), timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    def count(self, service: str, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.rows(service, f"select count(*) from {table}")[0][0])

    async def close(self) -> None:
        """Stop everything, once no fault is at work any more that might start it again."""
        self.services.kill()
        await self.bus.broker.stop()
        await asyncio.get_running_loop().shutdown_default_executor()
        self.kill_postbox()
        self.server.stop()


async def _again(call: Callable[[], Awaitable[None]]) -> None:
    """Try something several times, as long as a database is locked. Raises RuntimeError after any other failure."""
    for _ in range(_ATTEMPTS):
        try:
            return await call()
        except RuntimeError as error:
            if "locked for too long" not in str(error):
                raise
    return await call()


async def patiently(call: Callable[[], Awaitable[T]], seconds: float = _PATIENCE) -> T:
    """Ask a broker again until it answers. Raises BrokerError after so many seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        try:
            return await call()
        except BrokerError:
            if loop.time() > end:
                raise
        await asyncio.sleep(0.3)


async def until(holds: Callable[[], Awaitable[object]], seconds: float, otherwise: str) -> None:
    """Wait until something holds. Raises RuntimeError after so many seconds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not await holds():
        if loop.time() > end:
            raise RuntimeError(otherwise)
        await asyncio.sleep(0.1)


@asynccontextmanager
async def staged(stage: Stage) -> AsyncIterator[Stage]:
    """Start a broker, the mail server and all services; whatever happens, no process is left behind."""
    try:
        await asyncio.to_thread(stage.server.start)
        stage.start_postbox()
        await stage.declare()
        await stage.start(*SERVICES)
        yield stage
    finally:
        await stage.close()
