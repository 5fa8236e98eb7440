"""Several instances of one sample service: they share the work, come and go, and each customer stays in order."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from tests.support.brokers.server import Server, kill
from tests.support.project import REPOSITORY

CUSTOMERS, MOVES = 16, 24


class Quoting:
    """Instances of quoting on one database."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._folder = folder
        self._replicas = "3" if "," in server.url else "1"
        self._numbers = count(1)
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "generated"), str(REPOSITORY)]),
            "BROKER_URL": server.url,
            "CHANNEL_PREFIX": "instances.",
            "DATABASE_URL": f"sqlite:///{folder}/quoting.db",
            "PORT": "0",
            "STYLE": "state-transfer",
            "REDELIVER_AFTER": "2",
        }
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def run(self, module: str, *arguments: str) -> None:
        """Run something beside, to its end."""
        subprocess.run([sys.executable, "-m", module, *arguments], env=self._environment, check=True, timeout=120)

    def declare(self) -> None:
        self.run("contracts.integrations.faststream", "declare", "--replicas", self._replicas)

    def start(self) -> int:
        """Start one more, wait until it is ready, and return its number."""
        number = next(self._numbers)
        with self._log(number).open("wb") as out:
            command = [sys.executable, "-m", "consumers.quoting"]
            self.running[number] = subprocess.Popen(command, env=self._environment, stdout=out, stderr=out)
        wait(lambda: '"ready"' in self._log(number).read_text("utf-8"), 60)
        return number

    def kill(self, number: int) -> None:
        kill(self.running.pop(number))

    def end(self, number: int) -> int:
        process = self.running.pop(number)
        process.send_signal(signal.SIGTERM)
        return process.wait(60)

    def close(self) -> None:
        for process in self.running.values():
            kill(process)

    def quotes(self) -> list[tuple[str, int]]:
        """Customer and version of each quote, in the order in which they were made."""
        with closing(sqlite3.connect(self._folder / "quoting.db", timeout=10)) as connection:
            return connection.execute("select customer_id, version from quotes order by rowid").fetchall()

    def work(self) -> Counter[int]:
        """How many moves each instance has quoted for, as its log tells."""
        found: Counter[int] = Counter()
        for path in self._folder.glob("quoting-*.log"):
            lines = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.startswith("{"))
            found[int(path.stem.partition("-")[2])] = sum(line["message"] == "quoted" for line in lines)
        return found

    def _log(self, number: int) -> Path:
        return self._folder / f"quoting-{number}.log"


def wait(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.05)


@pytest.fixture
def quoting(server: Server, tmp_path: Path) -> Iterator[Quoting]:
    found = Quoting(server, tmp_path)
    try:
        found.declare()
        yield found
    finally:
        found.close()


def test_instances_come_and_go_and_each_customer_stays_in_order(quoting: Quoting) -> None:
    first, second = quoting.start(), quoting.start()
    quoting.run("tests.support.brokers.movers", "insure", str(CUSTOMERS))
    wait(lambda: len(quoting.quotes()) == CUSTOMERS, 60)
    quoting.run("tests.support.brokers.movers", "move", str(CUSTOMERS), str(MOVES // 2))
    third = quoting.start()
    quoting.kill(first)
    quoting.run(
        "tests.support.brokers.movers", "move", str(CUSTOMERS), str(MOVES)
    )  # the first half again, to which nobody listens
    assert quoting.end(second) == 0
    fourth = quoting.start()
    total = CUSTOMERS * (1 + MOVES)
    wait(lambda: len(quoting.quotes()) >= total, 120)
    assert [quoting.end(each) for each in (third, fourth)] == [0, 0]
    made: dict[str, list[int]] = {}
    for customer, version in quoting.quotes():
        made.setdefault(customer, []).append(version)
    assert made == {customer: list(range(1, 2 + MOVES)) for customer in made}
    assert len(made) == CUSTOMERS
    assert all(quoting.work()[each] for each in (first, second, third)), quoting.work()
