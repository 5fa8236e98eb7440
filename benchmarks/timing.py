"""Interleaved timing: each contestant once a round, so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import Any, NamedTuple

SLICE_NS = 20_000_000
"""How long a contestant runs in a round: long enough that the processor's caches are its own."""


class Job(NamedTuple):
    """A function to be called on every one of some items."""

    function: Callable[[Any], object]
    items: Sequence[Any]


def interleaved(jobs: dict[str, Job], rounds: int) -> dict[str, float]:
    """Median nanoseconds of a call over the rounds; a round before them says how many passes fill a slice."""
    passes = {name: max(1, round(SLICE_NS / _once(job, 1))) for name, job in jobs.items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(_once(job, passes[name]) / passes[name] / len(job.items))
    return {name: statistics.median(times) for name, times in taken.items()}


def _once(job: Job, passes: int) -> int:
    """Nanoseconds of some passes, without garbage collections that an earlier job has left to this one."""
    function, items = job
    gc.collect()
    gc.disable()
    try:
        start = perf_counter_ns()
        for _ in range(passes):
            for item in items:
                function(item)
        return perf_counter_ns() - start
    finally:
        gc.enable()
