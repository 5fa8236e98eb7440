"""What people see: progress while it runs, and the table at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping, Sequence

from examples.trial.accounts import Accounts, Check, Found
from examples.trial.crowd import Crowd
from examples.trial.faults import Faults
from examples.trial.flow import Edge
from examples.trial.plan import Plan

_WIDTH = 46
_EVERY = 15.0


class Progress:
    """A line that changes where a terminal looks, else one every now and then."""

    def __init__(self) -> None:
        self._is_terminal = sys.stdout.isatty()
        self._said = 0.0

    def show(self, crowd: Crowd, commands: int, emails: int, faults: Faults, seconds: float) -> None:
        """Say how far a run is."""
        if not self._is_terminal and time.monotonic() - self._said < _EVERY:
            return
        self._said = time.monotonic()
        done, now = sum(faults.done.values()), ", ".join(name for name, count in faults.running.items() if count)
        accepted = crowd.accepted - len(crowd.plan.recorded)
        line = (
            f"{accepted:>{len(str(commands))}} of {commands} commands, {emails} emails, {done} faults, {seconds:.0f} s"
        )
        line += f", {accepted / seconds:.0f}/s" if accepted and seconds > 1 else ""
        self._write(f"  {line}{f'; {now}' if now else ''}")

    def _write(self, line: str) -> None:
        if self._is_terminal:
            print(f"\r\033[K{line[:118]}", end="", flush=True)
        else:
            print(line, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._is_terminal:
            print("\r\033[K", end="", flush=True)


def title(plan: Plan, broker: str, folder: str) -> str:
    """Return what is about to run."""
    return f"{len(plan.steps)} commands of {plan.people} customers on {broker}, seed {plan.seed}, in {folder}"


def table(faults: Faults, expected: Mapping[str, int], checks: Sequence[Check]) -> Iterable[str]:
    """Yield the lines of the account."""
    yield f"\n{'fault':{_WIDTH}}{'injected':>10}{'of':>8}{'felt':>8}"
    for name, count in expected.items():
        mark = "" if faults.is_right(name, count) else "  !"
        yield f"{name:{_WIDTH}}{faults.done[name]:>10}{count:>8}{faults.felt[name]:>8}{mark}"
    yield f"\n{'effect':{_WIDTH}}{'expected':>10}{'found':>8}"
    for check in checks:
        yield f"{check.effect:{_WIDTH}}{check.expected:>10}{check.found:>8}{'' if check.is_right else '  !'}"
        yield from (f"    {line}" for line in check.differences)


def beside(accounts: Accounts, found: Found, crowd: Crowd) -> Iterable[str]:
    """Yield what is counted, and promised by nobody."""
    taken, different = accounts.handovers
    yield f"\nhandovers to the mail server {taken}, of {different} emails; it refused {accounts.refused} for good"
    if found.again is not None:
        yield f"messages that the broker gave to a service once more {found.again}"
    yield f"requests that people made again {crowd.again}, and twice by mistake {crowd.pressed_twice}"


def flow(ran: set[Edge], unknown: Sequence[Edge], idle: Sequence[Edge]) -> Iterable[str]:
    """Yield how a recorded run compares with `avow flow`; only edges of services that ran are of interest."""
    services = {edge.service for edge in ran}
    yield f"\n{len(ran)} edges were recorded, of which `avow flow` derives {len(ran) - len(unknown)}"
    yield from (f"    ran, and was not derived: {edge}  !" for edge in unknown)
    yield from (f"    derived, and never ran: {edge}" for edge in idle if edge.service in services)
