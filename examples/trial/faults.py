"""The faults: one row each, with how often they come, and what they do."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from msgspec import Struct

from examples.trial.accounts import Poison
from examples.trial.plan import Due
from examples.trial.poison import KINDS, inject
from examples.trial.stage import READERS, SERVICES, STYLES, Stage, patiently, until

_TRIES = 3
_UNTIL_AT_WORK = 30.0
_LOCK = {"short": (0.3, 3.0), "long": (5.5, 7.0)}
"""Seconds; services wait 5 for a lock, then let the message wait."""


class Faults:
    """Injects faults, and keeps what it did."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.done: Counter[str] = Counter()
        self.felt: Counter[str] = Counter()
        """How often a fault hit somebody who was at work: had messages waiting, or said that it met the fault."""
        self.poison: list[Poison] = []
        self.running: Counter[str] = Counter()

    def is_right(self, name: str, count: int) -> bool:
        """Return whether a fault came as often as it should, and was felt at least once."""
        return self.done[name] == count > 0 and self.felt[name] > 0

    async def inject(self, due: Due) -> None:
        """Let a fault happen, and end."""
        self.running[due.fault] += 1
        try:
            if await FAULTS[due.fault].inject(self, Random(due.seed)):
                self.felt[due.fault] += 1
            self.done[due.fault] += 1
        finally:
            self.running[due.fault] -= 1


class Fault(Struct, frozen=True):
    """A fault, and how often it comes per 5,000 commands; it says whether it was felt."""

    rate: float
    inject: Callable[[Faults, Random], Awaitable[bool]]


async def _broker(faults: Faults, rng: Random) -> bool:
    """Kill the broker, or of a cluster the leader of a channel that is being written to, and start it again."""
    stage = faults.stage
    async with stage.turns["broker"]:
        is_at_work = await _is_at_work(stage, *SERVICES)
        await stage.kill_broker("customers.change-address")
        await asyncio.sleep(rng.uniform(0.2, 1.5))
        await asyncio.to_thread(stage.server.start)
        await patiently(lambda: stage.probe.count("customers.change-address"))
    return is_at_work


async def _kill(name: str, faults: Faults, rng: Random) -> bool:
    """Kill a service while messages wait for it, and start it again, quoting and customers in any of their styles."""
    stage = faults.stage
    async with stage.turns[name]:
        is_at_work = await _is_at_work(stage, name)
        styles = {"STYLE": rng.choice(sorted(STYLES))} if name == "quoting" else {}
        announce = {"ANNOUNCE": rng.choice(("thin", "rich"))} if name == "customers" else {}
        await stage.restart(name, **styles, **announce)
    return is_at_work


async def _is_at_work(stage: Stage, *names: str) -> bool:
    """Return whether there is something for one of some services to do, at last after a while."""

    async def holds() -> bool:
        return any([await patiently(lambda name=name: stage.waiting(name, stage.told["STYLE"])) for name in names])  # type: ignore[misc]

    try:
        await until(holds, _UNTIL_AT_WORK, "there was nothing to do")
    except RuntimeError:
        return False
    return True


async def _lock(name: str, length: str, faults: Faults, rng: Random) -> bool:
    """Keep a database locked, as a backup or somebody at a prompt does."""
    stage = faults.stage
    async with stage.turns[f"{name}.db"]:
        await asyncio.to_thread(_hold, stage.services.database(name), rng.uniform(*_LOCK[length]))
    return True


def _hold(database: Path, seconds: float) -> None:
    with closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        time.sleep(seconds)
        connection.execute("rollback")


async def _upstream(faults: Faults, rng: Random) -> bool:
    """End customers while quoting has notifications to ask about, until quoting could not reach it."""
    stage = faults.stage
    async with stage.turns["customers"], stage.turns["quoting"]:
        if stage.told["ANNOUNCE"] != "thin":
            await stage.restart("customers", ANNOUNCE="thin")
        if stage.told["STYLE"] != "notification":
            await stage.restart("quoting", STYLE="notification")
        before = stage.services.log("quoting").stat().st_size
        for _ in range(_TRIES):
            await _is_at_work(stage, "quoting")
            stage.services.kill("customers")
            await asyncio.sleep(rng.uniform(2, 5))
            await stage.start("customers")
            said = stage.services.log("quoting").read_bytes()[before:]
            if b"UnavailableError" in said or b"CircuitOpenError" in said:
                return True
    return False


async def _postbox(faults: Faults, rng: Random) -> bool:
    """Kill the mail server, and start it again after a while."""
    stage = faults.stage
    async with stage.turns["postbox"]:
        is_at_work = await _is_at_work(stage, "communications")
        stage.kill_postbox()
        await asyncio.sleep(rng.uniform(0.5, 4))
        await asyncio.to_thread(stage.start_postbox)
    return is_at_work


async def _tell(what: signal.Signals, faults: Faults, rng: Random) -> bool:
    async with faults.stage.turns["postbox"]:
        faults.stage.tell_postbox(what)
    return True


async def _repeat(low: float, high: float, times: int, faults: Faults, rng: Random) -> bool:
    """Send a message of any channel again as it was, from between two shares of what the channel holds."""
    stage, channel, share = faults.stage, rng.choice(sorted(READERS)), rng.uniform(low, high)
    if not await patiently(lambda: stage.probe.count(channel)):
        channel = "customers.change-address"
    arrived = await patiently(lambda: stage.probe.pick(channel, share))
    for _ in range(times):
        id_ = f"repeat-{secrets.token_hex(8)}"
        await patiently(lambda id_=id_: stage.bus.transport.repeat(arrived, id_))  # type: ignore[misc]
    return True


async def _poison(number: int, faults: Faults, rng: Random) -> bool:
    """Send a message that nobody can handle."""
    faults.poison.append(await inject(faults.stage, KINDS[number], rng))
    return True


async def _snapshots(faults: Faults, rng: Random) -> bool:
    """Send a snapshot of every customer, which may arrive after newer states."""
    async with faults.stage.turns["snapshots"]:
        await faults.stage.snapshots()
    return True


FAULTS: Mapping[str, Fault] = {
    "broker killed": Fault(2, _broker),
    **{f"{name} killed": Fault(2, partial(_kill, name)) for name in SERVICES},
    "customers down, quoting calls it": Fault(1, _upstream),
    "mail server killed": Fault(2, _postbox),
    "mail server silent after taking": Fault(10, partial(_tell, signal.SIGUSR1)),
    "mail server busy": Fault(4, partial(_tell, signal.SIGUSR2)),
    **{f"{name}.db locked": Fault(1, partial(_lock, name, "short")) for name in SERVICES},
    **{f"{name}.db locked too long": Fault(0.5, partial(_lock, name, "long")) for name in ("customers", "quoting")},
    "message duplicated": Fault(40, partial(_repeat, 0.97, 1.0, 1)),
    "message delivered late": Fault(40, partial(_repeat, 0.0, 0.4, 1)),
    "message repeated three times": Fault(20, partial(_repeat, 0.0, 1.0, 3)),
    "snapshots of all customers": Fault(1, _snapshots),
    **{f"poison: {kind.name}": Fault(2, partial(_poison, number)) for number, kind in enumerate(KINDS)},
}
