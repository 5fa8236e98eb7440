"""One run, from the first customer to the last message that anybody has to read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from examples.trial.crowd import Crowd
from examples.trial.faults import Faults
from examples.trial.plan import Due, Plan, Step
from examples.trial.show import Progress
from examples.trial.stage import SERVICES, STYLES, Stage, patiently

_LANES = 16
_AHEAD = 400
"""Moves that may be under way: enough for every service to have work, few enough for faults to meet old and new."""

_SILENT = 600.0
"""Seconds without any email, though some are due, after which a run is given up: a change of style takes a while."""

_STALLED = 90.0
"""Seconds without any change after which nothing more is waited for."""


class Run:
    """Lets the plan happen."""

    def __init__(self, stage: Stage, crowd: Crowd, faults: Faults, progress: Progress) -> None:
        self._stage = stage
        self._crowd = crowd
        self._faults = faults
        self._progress = progress
        self._emails = 0
        self._sent_at = time.monotonic()
        self.seconds = 0.0
        """From the first command until nothing was left to do."""

    async def steps(self, plan: Plan) -> None:
        """Let people move while faults happen, and wait until nothing is left to do in either style."""
        start = time.monotonic()
        begun = self._crowd.moves - await self._count()
        watch = asyncio.create_task(self._watch(start, len(plan.steps)))
        faults = asyncio.create_task(self._inject(plan.dues, self._crowd.accepted))
        lanes = [[step for step in plan.steps if step.person % _LANES == lane] for lane in range(_LANES)]
        try:
            await asyncio.gather(faults, *(self._lane(steps, begun) for steps in lanes))
            await self.drain()
        finally:
            watch.cancel()
            faults.cancel()
            with suppress(asyncio.CancelledError):
                await watch
        self.seconds = time.monotonic() - start

    async def _lane(self, steps: Sequence[Step], begun: int) -> None:
        for step in steps:
            while self._crowd.moves - self._emails - begun > _AHEAD:
                if time.monotonic() - self._sent_at > _SILENT:
                    raise RuntimeError(f"no email was sent for {_SILENT:.0f} s")
                await asyncio.sleep(0.05)
            await self._crowd.move(step)

    async def _inject(self, dues: Sequence[Due], begun: int) -> None:
        async with asyncio.TaskGroup() as running:
            for due in dues:
                while self._crowd.accepted - begun < due.after:
                    await asyncio.sleep(0.02)
                running.create_task(self._faults.inject(due))

    async def drain(self) -> None:
        """Let quoting run in one style, then in the other, until nothing waits anywhere."""
        for style in (*STYLES, *STYLES):
            if not await self._is_drained(None):
                if self._stage.told["STYLE"] != style:
                    await self._stage.restart("quoting", STYLE=style)
                await self._settle(lambda style=style: self._is_drained(style))  # type: ignore[misc]

    async def _settle(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something holds, or nothing moves any more: then the accounts say what is missing."""
        seen, since = await self._state(), time.monotonic()
        while not await holds():
            state = await self._state()
            if state != seen:
                seen, since = state, time.monotonic()
            if time.monotonic() - since > _STALLED:
                return
            await asyncio.sleep(0.3)

    async def _is_drained(self, style: str | None) -> bool:
        """Look three times: what leaves an outbox may be on its way to the broker."""
        for _ in range(3):
            for name in SERVICES:
                if self._stage.count(name, "outbox") or await self._waiting(name, style):
                    return False
            await asyncio.sleep(0.1)
        return True

    async def _waiting(self, name: str, style: str | None) -> int:
        return await patiently(lambda: self._stage.waiting(name, style))

    async def _state(self) -> object:
        return [(self._stage.count(name, "outbox"), await self._waiting(name, None)) for name in SERVICES]

    async def _count(self) -> int:
        emails = await asyncio.to_thread(self._stage.count, "communications", "emails")
        if emails > self._emails:
            self._emails, self._sent_at = emails, time.monotonic()
        return self._emails

    async def _watch(self, start: float, commands: int) -> None:
        while True:
            await self._count()
            self._progress.show(self._crowd, commands, self._emails, self._faults, time.monotonic() - start)
            await asyncio.sleep(0.3)
