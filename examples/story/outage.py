"""What happens while customers is down, in either style."""

from __future__ import annotations

import time
from collections.abc import Sequence

from msgspec import Struct

from examples.story.counts import all_written_to, changes, quotes
from examples.story.person import Person
from examples.story.processes import until
from examples.story.story import Story


class Outage(Struct, frozen=True):
    """A time without customers, in which there is something to be quoted for each of some people."""

    work: int
    done_meanwhile: int
    done_after: int
    seconds: float
    """From when customers was back until all was done."""


def outage(story: Story, people: Sequence[Person], style: str, seconds: float = 2.0, **customers: str) -> Outage:
    """End customers for a while, and return when all is done that could not be done then.

    Half of the people have moved just before, and quoting has not heard of it; the others ask for a quote meanwhile.
    ``customers`` is what it is told when it starts again.
    """
    services, before = story.services, quotes(story)
    moving, asking = people[::2], people[1::2]
    services.end("quoting")
    announced = changes(story) + len(moving)
    for person in moving:
        person.move_on()
    until(lambda: changes(story) == announced and not services.health("customers").get("outbox"), 30, "not all moved")
    services.end("customers")
    services.start("quoting", STYLE=style)
    services.wait("quoting")
    for person in asking:
        person.insure()
    end = time.monotonic() + seconds
    while time.monotonic() < end and quotes(story) < before + len(people):
        time.sleep(0.05)
    meanwhile = quotes(story) - before
    services.start("customers", **customers)
    services.wait("customers")
    back = time.monotonic()
    until(lambda: quotes(story) == before + len(people), 60, "not all was quoted")
    caught_up = time.monotonic() - back
    until(lambda: all_written_to(story), 60, "not every quote became an email")
    return Outage(len(people), meanwhile, quotes(story) - before, caught_up)
