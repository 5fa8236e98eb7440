"""A broker with a shop on it, whose channels belong to one test."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import io
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from tests.support.brokers.server import Server
from tests.support.project import Outcome

T = TypeVar("T")


class World:
    """One test's share of a broker: channels are named after it, so that what others left is not seen."""

    def __init__(self, server: Server, folders: list[Path], prefix: str) -> None:
        self.server = server
        self.url = server.url
        self.prefix = prefix
        self.folders = folders
        self.is_kafka = server.url.startswith("kafka")

    @property
    def replicas(self) -> int:
        return 3 if "," in self.url else 1

    def bus(self, service: str, package: str = "shop", **options: Any) -> Any:
        """Return a bus for a service; what an instance had that died is given to another soon."""
        kind = import_module(f"{package}.integrations.faststream").Bus
        return kind(self.url, service=service, prefix=f"{self.prefix}.", **{"redeliver_after": 2.0, **options})

    def outbox(self, service: str) -> Any:
        """Return an outbox for a service."""
        return import_module("shop.integrations.outbox").Outbox(service, prefix=f"{self.prefix}.")

    def channel(self, name: str) -> str:
        return f"{self.prefix}.{name}"

    def command(self, *arguments: str) -> Outcome:
        """Run the integration's command in this process."""
        main = import_module("shop._runtime.integrations.faststream.command").main
        bus = import_module("shop.integrations.faststream").Bus
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                where = ["--url", self.url, "--prefix", f"{self.prefix}."]
                main(bus, "shop.integrations.faststream", [*where, *arguments])
            except SystemExit as ended:
                code = ended.code
        assert isinstance(code, int)
        return Outcome(code, out.getvalue(), err.getvalue())

    def declare(self) -> Outcome:
        return self.command("declare", "--replicas", str(self.replicas))

    async def dead(self, channel: str) -> list[Any]:
        """The dead letters of a channel."""
        bus = self.bus("looking")
        try:
            return list(await bus.dead_letters.of(self.channel(channel)))
        finally:
            await bus.broker.stop()

    def environment(self) -> dict[str, str]:
        """What a service in a process of its own needs to be on this broker."""
        path = os.pathsep.join([*map(str, self.folders), str(Path.cwd())])
        return {**os.environ, "PYTHONPATH": path, "BROKER_URL": self.url, "CHANNEL_PREFIX": f"{self.prefix}."}


def scenario(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test that is a coroutine, for a minute or two at most."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 120))

    return run


@asynccontextmanager
async def running(*buses: Any) -> AsyncIterator[None]:
    """Run services in this process."""
    for bus in buses:
        await bus.broker.start()
    try:
        yield
    finally:
        for bus in buses:
            await bus.broker.stop()


async def until(holds: Callable[[], Any] | Callable[[], Awaitable[Any]], seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if await found if isinstance(found, Awaitable) else found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never was so")


def importable(folders: list[Path]) -> None:
    """Make generated packages importable."""
    for folder in folders:
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
