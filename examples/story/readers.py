"""More subscribers of AddressChanged: each wants something of the customer, and calls back for what is not carried.

They are services of their own to the broker, though they share a process here. Quoting counts as the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from contracts.customers import AddressChanged, Customer, GetCustomer, GetCustomerAnswer
from contracts.integrations.faststream import Bus
from contracts.integrations.http import Client
from examples.story.story import Story

EVERY = 5
"""One of so many readers wants the phone number, which the notification does not carry, however rich."""


class Readers:
    """The subscribers from the second to the last; ``heard`` counts how many events each has done with, ever."""

    def __init__(self, story: Story, count: int, heard: Counter[int]) -> None:
        self._client = Client(story.services.url("customers"))
        self.heard = heard
        self.buses = [self._reader(story, number) for number in range(2, count + 1)]

    def _reader(self, story: Story, number: int) -> Bus:
        bus = Bus(story.told["BROKER_URL"], service=f"reader-{number}", prefix=story.told["CHANNEL_PREFIX"])

        @bus.subscriber(AddressChanged)
        async def read(event: AddressChanged) -> None:
            if number % EVERY == 0:
                self.phone_of(await self.ask(event.customer_id))
            elif event.address is None:
                await self.ask(event.customer_id)
            self.heard[number] += 1

        return bus

    def have_heard(self, events: int) -> bool:
        """Return whether each of them has had so many events."""
        return all(self.heard[number] >= events for number in range(2, 2 + len(self.buses)))

    async def ask(self, customer_id: UUID) -> Customer | None:
        """Call customers back."""
        return (await self._client.ask(GetCustomer(customer_id=customer_id), GetCustomerAnswer)).customer

    def phone_of(self, customer: Customer | None) -> str | None:
        """Return what every fifth reader came for."""
        return None if customer is None else customer.phone

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


@asynccontextmanager
async def readers(story: Story, count: int, heard: Counter[int]) -> AsyncIterator[Readers]:
    """Run as many readers as make so many subscribers with quoting."""
    found = Readers(story, count, heard)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(found.close)
        for bus in found.buses:
            await bus.broker.start()
            stack.push_async_callback(bus.broker.stop)
        yield found
