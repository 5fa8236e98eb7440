"""Interleaved timing: each contestant once a round, so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import Any


def interleaved(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median duration in nanoseconds of each job over the rounds; one round before them is not counted."""
    taken: dict[str, list[int]] = {name: [] for name in jobs}
    for _ in range(rounds + 1):
        for name, job in jobs.items():
            taken[name].append(_once(job))
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def each(function: Callable[[Any], object], items: Sequence[Any]) -> Callable[[], None]:
    """A job that calls the function on every item."""

    def run() -> None:
        for item in items:
            function(item)

    return run


def _once(job: Callable[[], object]) -> int:
    """Nanoseconds of one run, without garbage collections that an earlier job has left to this one."""
    gc.collect()
    gc.disable()
    try:
        start = perf_counter_ns()
        job()
        return perf_counter_ns() - start
    finally:
        gc.enable()
