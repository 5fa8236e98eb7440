"""How often customers is called back for one event, by how many subscribers there are."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from contracts.integrations.faststream import Bus
from examples.story.counts import calls, changes, quotes
from examples.story.person import Person
from examples.story.probe import make_probe
from examples.story.processes import until
from examples.story.readers import Readers, readers
from examples.story.story import Story

SUBSCRIBERS = (1, 5, 20)


class Calling:
    """Counts calls. A reader that was away hears of everything when it is back, so what each has had counts."""

    def __init__(self, story: Story, people: Sequence[Person]) -> None:
        self._story = story
        self._people = people
        self._heard: Counter[int] = Counter()

    def calls_an_event(self, subscribers: int) -> float:
        """Return the calls for one change of an address, of which there is one for each of the people."""
        return asyncio.run(self._calls(subscribers))

    async def _calls(self, subscribers: int) -> float:
        story = self._story
        async with readers(story, subscribers, self._heard) as found:
            await self._level(found)
            before, wanted = calls(story), quotes(story) + len(self._people)
            for person in self._people:
                await asyncio.to_thread(person.move_on)
            await asyncio.to_thread(until, lambda: quotes(story) == wanted, 30, "not all were quoted")
            await self._level(found)
            return (calls(story) - before) / len(self._people)

    async def _level(self, found: Readers) -> None:
        """Wait until every reader has heard of every change, and quoting, which may have been away, too."""
        wanted = changes(self._story)
        await asyncio.to_thread(until, lambda: found.have_heard(wanted), 30, "the readers do not hear of all changes")
        end = time.monotonic() + 30
        while await self._unheard():
            if time.monotonic() > end:
                raise RuntimeError("quoting does not hear of all changes")
            await asyncio.sleep(0.05)

    async def _unheard(self) -> int:
        """Return how many changes wait for quoting."""
        url, prefix = self._story.told["BROKER_URL"], self._story.told["CHANNEL_PREFIX"]
        bus = Bus(url, service="calling", prefix=prefix, logger=None)
        try:
            return await make_probe(bus, url).waiting(f"{prefix}customers.address-changed", "quoting")
        finally:
            await bus.broker.stop()
