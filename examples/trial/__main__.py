"""Run the trial: `python -m examples.trial --commands 5000 --broker nats`.

Exit codes: 0 every fault was injected and every effect is there once; 1 something differs, with what and where.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from msgspec import Struct
from tests.support.brokers.start import make_server

from contracts.integrations.outbox import IntegrationError
from examples.story.collector import Collector
from examples.story.processes import REPOSITORY
from examples.trial import show
from examples.trial.accounts import Accounts, Found
from examples.trial.crowd import Crowd
from examples.trial.faults import FAULTS, Faults
from examples.trial.findings import look
from examples.trial.flow import Edge, derived, never_ran, not_derived, ran
from examples.trial.plan import Plan, make_plan
from examples.trial.recorded import record, take_on
from examples.trial.run import Run
from examples.trial.stage import Stage, staged

_MEMORY = Path("/dev/shm")
"""Where files outlive processes that are killed, though not the machine: no disk limits what is measured."""


def main() -> int:
    """Run it."""
    options = _parser().parse_args()
    logging.getLogger("nats.aio.client").setLevel(logging.CRITICAL)
    plan = make_plan(options.seed, options.commands, {name: fault.rate for name, fault in FAULTS.items()})
    folder = Path(mkdtemp(prefix="trial-", dir=options.folder))
    print(show.title(plan, options.broker, str(folder)), flush=True)
    is_right = False
    try:
        is_right = asyncio.run(_trial(plan, options.broker, folder))
    except* (asyncio.CancelledError, KeyboardInterrupt):
        print("the trial was asked to end", file=sys.stderr)
    except* (RuntimeError, IntegrationError, OSError) as group:
        for error in _flat(group):
            print(f"the trial could not go on: {error}", file=sys.stderr)
    if is_right:
        shutil.rmtree(folder)
        return 0
    print(f"\nDatabases, logs and the mailbox are in {folder}; the same again with --seed {plan.seed}")
    return 1


def _flat(group: BaseExceptionGroup[Exception]) -> Iterator[Exception]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _flat(each)
        else:
            yield each


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.trial", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--commands", type=int, default=100_000, help="how many; by default %(default)s")
    parser.add_argument("--broker", choices=("nats", "cluster", "kafka"), default="nats", help="by default %(default)s")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="by default another each time")
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    parser.add_argument("--folder", type=Path, default=memory, help="where to keep all; by default %(default)s")
    return parser


async def _trial(plan: Plan, broker: str, folder: Path) -> bool:
    """Let it happen, print the account, and return whether all is right."""
    collector, start = Collector(), time.monotonic()
    collector.start()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(_end, asyncio.current_task()))
    try:
        async with staged(Stage(folder, make_server(broker, folder), collector.environment)) as stage:
            happened = await _happen(stage, plan, collector)
    finally:
        collector.stop()
    is_right = _account(plan, happened)
    used = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"\n{len(plan.steps) / happened.seconds:.0f} commands/s with faults; {happened.seconds:.0f} s, "
        f"{time.monotonic() - start:.0f} s with all else; {used:.0f} s of a processor"
    )
    return is_right


def _end(run: asyncio.Task[Any] | None) -> None:
    if run is not None:
        run.cancel()


class Happened(Struct, frozen=True):
    """A run, when all processes have ended."""

    crowd: Crowd
    faults: Faults
    edges: set[Edge]
    found: Found
    seconds: float


async def _happen(stage: Stage, plan: Plan, collector: Collector) -> Happened:
    crowd, faults, progress = Crowd(stage.services.url("portal"), stage.bus, plan), Faults(stage), show.Progress()
    edges = ran(await record(stage, crowd, collector))
    await take_on(stage, crowd, [each for each in range(plan.people) if each not in crowd.customers])
    run = Run(stage, crowd, faults, progress)
    await run.steps(plan)
    progress.end()
    found = await look(stage)
    await crowd.close()
    await stage.end(*stage.services.running)
    return Happened(crowd, faults, edges, found, run.seconds)


def _account(plan: Plan, happened: Happened) -> bool:
    faults, edges = happened.faults, happened.edges
    accounts = Accounts(plan, happened.crowd.customers, faults.poison, happened.found)
    checks, wanted = list(accounts.checks()), {name: plan.count(name) for name in FAULTS}
    known = derived(REPOSITORY / "generated" / "index")
    unknown = not_derived(edges, known)
    lines = (
        *show.table(faults, wanted, checks),
        *show.beside(accounts, happened.found, happened.crowd),
        *show.flow(edges, unknown, never_ran(edges, known)),
    )
    print("\n".join(lines))
    is_complete = all(faults.is_right(name, count) for name, count in wanted.items())
    is_right = not unknown and is_complete and all(check.is_right for check in checks)
    print("\nEverything as it should be, once." if is_right else "\nSomething differs: see the lines with a mark.")
    return is_right


if __name__ == "__main__":
    sys.exit(main())
