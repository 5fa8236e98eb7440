"""The first steps of a run: a few people, both styles, no faults, and every span recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from examples.story.collector import Collector, Span
from examples.trial.crowd import Crowd
from examples.trial.stage import SERVICES, Stage, until

OFF = {"OTEL_SDK_DISABLED": "true"}
"""What services are told that are to record no more."""

_SECONDS = 60.0
_AT_ONCE = 16


async def record(stage: Stage, crowd: Crowd, collector: Collector) -> list[Span]:
    """Let them happen, end the services, and return the spans. Raises RuntimeError where something does not happen."""
    steps = crowd.plan.recorded
    people = sorted({step.person for step in steps})
    await take_on(stage, crowd, people)
    half = len(steps) // 2
    await _move(stage, crowd, 0, half)
    await stage.end("quoting")
    await stage.start("quoting", STYLE="state-transfer")
    await _move(stage, crowd, half, len(steps))
    await stage.snapshots()
    await until(lambda: is_quiet(stage), _SECONDS, "the snapshots do not arrive")
    await stage.end(*stage.services.running)
    await stage.start(*SERVICES, **OFF)
    return list(collector.spans)


async def take_on(stage: Stage, crowd: Crowd, people: list[int]) -> None:
    """Let people become customers, with a house that was quoted."""
    await _each(people, crowd.register)
    await until(lambda: is_quiet(stage), _SECONDS, "not everyone was registered")
    await _each(people, crowd.insure)
    await until(lambda: is_quiet(stage), _SECONDS, "not every house was quoted")


async def _each(people: list[int], asks: Callable[[int], Awaitable[None]]) -> None:
    """Let each of some people ask for something, some of them at once."""
    for start in range(0, len(people), _AT_ONCE):
        await asyncio.gather(*map(asks, people[start : start + _AT_ONCE]))


async def is_quiet(stage: Stage) -> bool:
    """Return whether nothing waits, in an outbox or for a service in its style, from the first to the last of them."""
    for name in ("portal", "customers", "quoting", "communications", "portal"):
        if stage.count(name, "outbox") or await stage.waiting(name, stage.told["STYLE"]):
            return False
    return True


async def _move(stage: Stage, crowd: Crowd, start: int, end: int) -> None:
    for step in crowd.plan.recorded[start:end]:
        await crowd.move(step)
    await until(lambda: is_quiet(stage), _SECONDS, "not all moves went through")
