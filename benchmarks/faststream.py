"""The integration beside bare FastStream that takes bytes, on one nats-server, in one run.

Both have the same subscriptions, a durable a partition with one message in flight, the same bodies, and a handler
that does nothing. Rounds alternate, so that what else the machine does hits both.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub
from nats.js.api import ConsumerConfig

from benchmarks.project import CannotRun, generate, project
from benchmarks.shapes import NAMESPACE, all_shapes
from benchmarks.table import show

PARTITIONS = 4
MESSAGES = 3000
AT_ONCE = 100
ROUNDS = 10
SINGLE = 400
AIM = "under 15 %"
HEADER = ("", "messages/s", "median latency ms", "publishes/s")
CHANNEL = "bench.events"
STREAM = "bench~events"
KEY = "reference"
PACKAGE = "wired"

Publish: TypeAlias = Callable[[int], Awaitable[Any]]
Handled: TypeAlias = "asyncio.Queue[float]"
Run: TypeAlias = tuple[float, float, float]
"""Messages handled a second, median seconds from publish to handler, publishes a second."""


def main() -> None:
    """Print the table, or in one line why it cannot be measured."""
    shape = all_shapes()[0]
    contract = {"kind": "event", "channel": CHANNEL, "partitions": PARTITIONS, "key": KEY}
    schema = {**shape.schema, "contract": contract}
    settings = f'package = "{PACKAGE}"\nintegrations = ["faststream"]'
    with project({f"{NAMESPACE}/{shape.name}.avsc": schema}, settings) as folder, _server() as url:
        try:
            generate(folder)
        except CannotRun as why:
            print(f"faststream: {why}\n")
            return
        sys.path.insert(0, str(folder / "generated"))
        asyncio.run(_compare(url, shape.name))


async def _compare(url: str, name: str) -> None:
    package: Any = importlib.import_module(PACKAGE)
    integration: Any = importlib.import_module(f"{PACKAGE}.integrations.faststream")
    cls = getattr(importlib.import_module(f"{PACKAGE}.{NAMESPACE}"), name)
    sample = importlib.import_module(f"{PACKAGE}.testing").sample
    events = [sample(cls, **{KEY: f"{number:08d}"}) for number in range(64)]
    bodies = [package.encode(event) for event in events]
    bare: list[Run] = []
    ours: list[Run] = []
    for number in range(2 * ROUNDS):
        is_ours = number % 4 in (1, 2)  # neither always comes after the other
        await _declare(integration.Bus(url, service="bench"))
        side = _ours(integration.Bus(url, service="bench"), cls, events) if is_ours else _bare(url, bodies)
        async with side as (publish, handled):
            (ours if is_ours else bare).append(await _measure(publish, handled))
    _show(bare, ours, len(bodies[0]))


async def _declare(bus: Any) -> None:
    """Make the channel anew, so that each round finds it empty."""
    jetstream = await bus.transport.jetstream()
    for wanted in bus.transport.wanted(list(bus.catalogue.channels.values()), [], 1):
        if wanted.kind == "stream" and await bus.transport.found(wanted):
            await jetstream.delete_stream(STREAM)
        if await bus.transport.found(wanted) is None:
            await bus.transport.make(wanted)
    await bus.broker.stop()


def _show(bare: list[Run], ours: list[Run], size: int) -> None:
    rows = [_row("bare FastStream, bytes", bare), _row("the integration, objects", ours)]
    overheads = [statistics.median(b[0] / o[0] for b, o in zip(bare, ours, strict=True)) - 1]
    overheads.append(statistics.median(o[1] / b[1] for b, o in zip(bare, ours, strict=True)) - 1)
    overheads.append(statistics.median(b[2] / o[2] for b, o in zip(bare, ours, strict=True)) - 1)
    rows.append([f"overhead (aim: {AIM})", *(f"{overhead:+.1%}" for overhead in overheads)])
    title = f"events of {size} bytes over nats-server, {PARTITIONS} partitions, {ROUNDS} rounds of {MESSAGES} messages"
    show(title, HEADER, rows)


def _row(what: str, runs: list[Run]) -> list[str]:
    rate, latency, published = (statistics.median(run[part] for run in runs) for part in range(3))
    return [what, f"{rate:.0f}", f"{latency * 1000:.2f}", f"{published:.0f}"]


async def _measure(publish: Publish, handled: Handled) -> Run:
    """One message after the other first, then many at once."""
    latencies = []
    for number in range(SINGLE):
        start = perf_counter()
        await publish(number)
        latencies.append(await handled.get() - start)
    start = perf_counter()
    for number in range(SINGLE):
        await publish(number)
    published = SINGLE / (perf_counter() - start)
    for _ in range(SINGLE):
        await handled.get()
    start = perf_counter()
    for first in range(0, MESSAGES, AT_ONCE):
        await asyncio.gather(*(publish(number) for number in range(first, first + AT_ONCE)))
    for _ in range(MESSAGES):
        end = await handled.get()
    return MESSAGES / (end - start), statistics.median(latencies), published


@asynccontextmanager
async def _bare(url: str, bodies: list[bytes]) -> AsyncIterator[tuple[Publish, Handled]]:
    broker = NatsBroker(url, log_level=logging.DEBUG, logger=logging.getLogger("bare"))
    handled: Handled = asyncio.Queue()

    async def handle(message: bytes) -> None:
        handled.put_nowait(perf_counter())

    for partition in range(PARTITIONS):
        broker.subscriber(
            f"{CHANNEL}.{partition}",
            stream=JStream(STREAM, declare=False),
            durable=f"bare-{partition}",
            config=ConsumerConfig(filter_subjects=[], max_ack_pending=1),
            pull_sub=PullSub(batch_size=1),
            ack_policy=AckPolicy.NACK_ON_ERROR,
        )(handle)

    async def publish(number: int) -> None:
        await broker.publish(bodies[number % len(bodies)], f"{CHANNEL}.{number % PARTITIONS}", stream=STREAM)

    await broker.start()
    yield publish, handled
    await broker.stop()


@asynccontextmanager
async def _ours(bus: Any, cls: Any, events: list[Any]) -> AsyncIterator[tuple[Publish, Handled]]:
    handled: Handled = asyncio.Queue()

    async def handle(event: Any) -> None:
        handled.put_nowait(perf_counter())

    handle.__annotations__["event"] = cls  # the class is made at run time, and FastStream looks at annotations
    bus.subscriber(cls)(handle)

    async def publish(number: int) -> None:
        await bus.publish(events[number % len(events)])

    await bus.broker.start()
    yield publish, handled
    await bus.broker.stop()


@contextmanager
def _server() -> Iterator[str]:
    """A nats-server on a free port."""
    with socket.socket() as free, tempfile.TemporaryDirectory(prefix="avow-bench-") as store:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        binary = Path(sys.executable).with_name("nats-server")
        arguments = [str(binary), "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", store]
        process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        try:
            yield f"nats://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()
