"""How far quoting's replica is behind its source."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from examples.story.counts import calls, changes, quotes, replica_state, replicated, source_state
from examples.story.person import Person
from examples.story.processes import until
from examples.story.story import Story


class Lag(Struct, frozen=True):
    """How far a replica is behind. Times are in milliseconds, from the change to the replica's commit."""

    changes: int
    seconds: float
    """From the first change until the replica has them all."""
    median: float
    p99: float
    most_behind: int
    """The most changes at any moment that the replica had not seen, looked at all the while."""
    calls: int
    is_equal: bool


def lag(story: Story, people: Sequence[Person], moves: int, at_once: int) -> Lag:
    """Return how far the replica is behind while each of some people moves so many times, so many of them at once."""
    until(lambda: source_state(story) == replica_state(story), 30, "the replica was not filled")
    called, done, behind = calls(story), len(_lags(story)), [0]
    wanted = quotes(story, "ADDRESS_CHANGE") + len(people) * moves

    def is_level() -> bool:
        heard = replicated(story)  # first, so that what comes between the two looks counts as behind
        behind.append(changes(story) - heard)
        return not behind[-1] and quotes(story, "ADDRESS_CHANGE") >= wanted

    start = time.monotonic()
    with ThreadPoolExecutor(at_once) as threads:
        for person in people:
            threads.submit(_move, person, moves)
        until(is_level, 120, "the replica does not catch up")
    seconds, lags = time.monotonic() - start, _lags(story)[done:]
    return Lag(
        changes=len(lags),
        seconds=seconds,
        median=statistics.median(lags),
        p99=statistics.quantiles(lags, n=100)[98],
        most_behind=max(behind),
        calls=calls(story) - called,
        is_equal=source_state(story) == replica_state(story),
    )


def _move(person: Person, times: int) -> None:
    for _ in range(times):
        person.move_on()


def _lags(story: Story) -> list[float]:
    return [line["lag_ms"] for line in story.services.said("quoting") if line["message"] == "replicated"]
