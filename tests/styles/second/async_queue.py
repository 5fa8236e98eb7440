"""Async queue."""

import asyncio

from contracts.parcels import ParcelReturned

queue = asyncio.Queue()


async def receive(event: ParcelReturned) -> None:
    await queue.put(event)


async def work():
    while True:
        event = await queue.get()
        await asyncio.to_thread(store, event)


def store(event):
    print(event.refund.unit)  #: R ParcelReturned.refund, R Amount.unit


async def typed(other: "asyncio.Queue[ParcelReturned]") -> None:
    async with asyncio.TaskGroup() as group:
        event = await other.get()
        group.create_task(later(event))


async def later(event):
    return event.reason  #: R ParcelReturned.reason
