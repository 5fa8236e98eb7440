"""Customers who move, for a quoting of several instances.

`python -m tests.support.brokers.movers insure PEOPLE`, or `move PEOPLE TIMES`.

It imports the sample contracts, which no test process does, and speaks as customers and the portal would.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, date, datetime
from uuid import UUID

from contracts.customers import Customer, CustomerUpdated
from contracts.integrations.faststream import BrokerError, Bus
from contracts.policies import House
from contracts.quoting import RequestQuote
from contracts.shared import Address
from contracts.testing import sample


def customer(number: int, version: int) -> Customer:
    address = Address(line_1=f"{version} High Petergate", city="York", postcode="YO1 7EN")
    return sample(Customer, customer_id=UUID(int=number), version=version, address=address)


async def insure(bus: Bus, people: int) -> None:
    """Become customers, with a house."""
    for number in range(people):
        event = CustomerUpdated(after=customer(number, 1), occurred_at=datetime.now(UTC))
        await patiently(bus, event, f"{number}-1")
    for number in range(people):
        ids = {"command_id": UUID(int=number), "quote_id": UUID(int=number), "customer_id": UUID(int=number)}
        house = sample(House, address=customer(number, 1).address)
        await patiently(bus, sample(RequestQuote, subject=house, starts_on=date(2027, 1, 1), **ids), f"quote-{number}")


async def move(bus: Bus, people: int, times: int) -> None:
    """Move so many times, all at once."""

    async def one(number: int) -> None:
        for version in range(2, 2 + times):
            before, after = customer(number, version - 1), customer(number, version)
            event = CustomerUpdated(before=before, after=after, occurred_at=datetime.now(UTC))
            await patiently(bus, event, f"{number}-{version}")

    await asyncio.gather(*map(one, range(people)))


async def patiently(bus: Bus, event: CustomerUpdated | RequestQuote, id_: str) -> None:
    """Send under one id until the broker has it."""
    while True:
        try:
            await bus.publish(event, message_id=id_)
        except BrokerError:
            await asyncio.sleep(0.2)
        else:
            return


async def main(what: str, *numbers: int) -> None:
    bus = Bus(os.environ["BROKER_URL"], service="customers", prefix=os.environ["CHANNEL_PREFIX"])
    await bus.broker.start()
    await (insure(bus, *numbers) if what == "insure" else move(bus, *numbers))
    await bus.broker.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *map(int, sys.argv[2:])))
