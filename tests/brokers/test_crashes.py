"""Services and brokers that end at any moment: nothing is lost, every effect is there once, each key in order."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.support.brokers.server import Server, kill
from tests.support.brokers.start import make_server
from tests.support.brokers.world import World

KEYS = "abcdefgh"


@pytest.fixture
def own(server_kind: str, tmp_path: Path, shops: list[Path]) -> Iterator[World]:
    """A broker of one test's own, since it is killed."""
    server = make_server(server_kind, tmp_path)
    try:
        server.start()
        world = World(server, shops, "crash")
        assert world.declare().code == 0
        yield world
    finally:
        server.stop()


@contextmanager
def worker(world: World, role: str, target: Path | str, log: Path, **environment: str) -> Iterator[Worker]:
    found = Worker(world, role, str(target), log, environment)
    try:
        yield found
    except AssertionError:
        print(f"what {role} has said:\n{log.read_text('utf-8')}")  # pytest shows it
        raise
    finally:
        kill(found.process)


class Worker:
    """A service in a process of its own."""

    def __init__(self, world: World, role: str, target: str, log: Path, environment: dict[str, str]) -> None:
        self.log = log
        self._command = [sys.executable, "-m", "tests.support.brokers.worker", role, target]
        self._environment = {**world.environment(), **environment}
        self.start()

    def start(self) -> None:
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(self._command, env=self._environment, stdout=out, stderr=out)

    def restart(self) -> None:
        kill(self.process)
        self.start()

    def end(self) -> int:
        """Ask it to end, as an orchestrator does, and return its exit code."""
        self.wait()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def wait(self) -> None:
        """Wait until it can be asked."""
        wait(lambda: "ready" in self.log.read_text("utf-8"), 60)


def wait(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.05)


def rows(database: Path, query: str) -> list[Any]:
    """Ask a SQLite database that others write to; what is not there yet has no rows."""
    connection = sqlite3.connect(database, timeout=10)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []
    finally:
        connection.close()


def fill(world: World, database: Path, count: int) -> None:
    """Put orders into an outbox, a key after the other."""
    from shop.integrations.outbox import connect
    from shop.orders import OrderPlaced

    engine = connect(f"sqlite:///{database}")
    outbox = world.outbox("web")
    for number in range(count):
        with engine.begin() as transaction:
            for key in KEYS:
                outbox.add(transaction, OrderPlaced(order=key, number=number))
    engine.dispose()


def publish(world: World, count: int) -> None:
    """Publish orders as somebody without an outbox has to: again, under the same id, until the broker has them."""
    from shop.integrations.faststream import BrokerError
    from shop.orders import OrderPlaced

    async def one(bus: Any, key: str, number: int) -> None:
        for _ in range(20):
            try:
                await bus.publish(OrderPlaced(order=key, number=number), message_id=f"{key}{number}")
            except BrokerError:
                await asyncio.sleep(0.2)
            else:
                return
        raise AssertionError("it was never sent")

    async def run() -> None:
        bus = world.bus("web")
        await bus.broker.start()
        for number in range(count):
            await asyncio.gather(*(one(bus, key, number) for key in KEYS))
        await bus.broker.stop()

    asyncio.run(run())


def assert_once_and_in_order(database: Path, count: int) -> None:
    found = rows(database, "select key, number from effects order by position")
    for key in KEYS:
        assert [number for its, number in found if its == key] == list(range(count)), key


def test_consumers_killed_at_any_moment(world: World, tmp_path: Path) -> None:
    count, effects = 60, tmp_path / "effects.db"
    rng = random.Random(7)
    with (
        worker(world, "consumer", f"sqlite:///{effects}", tmp_path / "one.log") as one,
        worker(world, "consumer", f"sqlite:///{effects}", tmp_path / "two.log") as two,
    ):
        publish(world, count)
        for victim in (one, two, one, two):
            time.sleep(rng.uniform(0.5, 1.2))
            victim.restart()
        wait(lambda: rows(effects, "select count(*) from effects") == [(count * len(KEYS),)], 90)
        assert (one.end(), two.end()) == (0, 0)
    assert_once_and_in_order(effects, count)


def test_the_relay_killed_at_any_moment(world: World, tmp_path: Path) -> None:
    count, effects, orders = 60, tmp_path / "effects.db", tmp_path / "orders.db"
    fill(world, orders, count)
    rng = random.Random(3)
    with (
        worker(world, "consumer", f"sqlite:///{effects}", tmp_path / "consumer.log") as consumer,
        worker(world, "relay", f"sqlite:///{orders}", tmp_path / "relay.log") as relay,
    ):
        for _ in range(3):
            time.sleep(rng.uniform(0.4, 0.7))
            relay.restart()
        wait(lambda: rows(effects, "select count(*) from effects") == [(count * len(KEYS),)], 90)
        wait(lambda: rows(orders, "select count(*) from outbox") == [(0,)], 60)
        assert (consumer.end(), relay.end()) == (0, 0)
    assert_once_and_in_order(effects, count)


def test_the_broker_killed_while_messages_flow(own: World, tmp_path: Path) -> None:
    count, effects, orders = 150, tmp_path / "effects.db", tmp_path / "orders.db"
    fill(own, orders, count)
    with (
        worker(own, "consumer", f"sqlite:///{effects}", tmp_path / "consumer.log") as consumer,
        worker(own, "relay", f"sqlite:///{orders}", tmp_path / "relay.log") as relay,
    ):
        for least in (100, 400):
            wait(lambda least=least: rows(effects, "select count(*) from effects") >= [(least,)], 60)  # type: ignore[misc]
            own.server.kill()
            time.sleep(0.5)
            own.server.start()
        wait(lambda: rows(effects, "select count(*) from effects") == [(count * len(KEYS),)], 90)
        wait(lambda: rows(orders, "select count(*) from outbox") == [(0,)], 60)
        assert (consumer.end(), relay.end()) == (0, 0)
    assert_once_and_in_order(effects, count)


def test_a_service_that_is_asked_to_end_loses_and_doubles_nothing(world: World, tmp_path: Path) -> None:
    count, file = 40, tmp_path / "handled.txt"
    file.touch()
    publish(world, count)
    with worker(world, "counter", file, tmp_path / "counter.log") as counter:
        for least in (50, 120, 200):
            wait(lambda least=least: len(file.read_text("utf-8").splitlines()) >= least, 60)  # type: ignore[misc]
            counter.wait()
            start = time.monotonic()
            assert counter.end() == 0
            assert time.monotonic() - start < 10
            counter.start()
        wait(lambda: len(file.read_text("utf-8").splitlines()) >= count * len(KEYS), 60)
        time.sleep(0.5)
        assert counter.end() == 0
    assert sorted(file.read_text("utf-8").splitlines()) == sorted(f"{key} {n}" for key in KEYS for n in range(count))


def test_a_broker_that_comes_late_is_waited_for(server_kind: str, tmp_path: Path, shops: list[Path]) -> None:
    server: Server = make_server(server_kind, tmp_path)
    world = World(server, shops, "late")
    log, file = tmp_path / "counter.log", tmp_path / "handled.txt"
    file.touch()
    try:
        server.start()
        assert world.declare().code == 0
        server.kill()
        if server_kind == "cluster":
            server.kill()  # one of three is no loss
        with worker(world, "counter", file, log) as counter:
            wait(lambda: "waiting for the broker, up to 60 s" in log.read_text("utf-8"), 50)
            server.start()
            publish(world, 2)
            wait(lambda: len(file.read_text("utf-8").splitlines()) == 2 * len(KEYS), 60)
            assert counter.end() == 0
    finally:
        server.stop()


def test_a_broker_that_never_comes_is_one_line_and_exit_code_1(
    server_kind: str, tmp_path: Path, shops: list[Path]
) -> None:
    world = World(make_server(server_kind, tmp_path), shops, "never")
    with worker(world, "counter", tmp_path / "file", tmp_path / "counter.log", PATIENCE="1.5") as counter:
        assert counter.process.wait(60) == 1
    said = (tmp_path / "counter.log").read_text("utf-8").splitlines()
    assert "Traceback" not in "\n".join(said)
    assert said[-1].startswith(f"billing: {world.url}: ")
    assert said[-1].endswith(" s for it")


def test_a_connection_that_the_server_closes_for_good_ends_the_service(world: World, tmp_path: Path) -> None:
    if world.is_kafka:
        return  # its client connects again whatever happens
    effects = tmp_path / "effects.db"
    publish(world, 1)
    with worker(world, "cut", "", tmp_path / "cut.log") as cut:
        assert cut.process.wait(60) == 1
    said = (tmp_path / "cut.log").read_text("utf-8").splitlines()
    assert "billing: the broker closed the connection for good" in said
    with worker(world, "consumer", f"sqlite:///{effects}", tmp_path / "consumer.log") as consumer:
        wait(lambda: rows(effects, "select count(*) from effects") == [(len(KEYS),)], 60)
        assert consumer.end() == 0
    assert_once_and_in_order(effects, 1)
