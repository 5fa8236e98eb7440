"""Fans an event out to several coroutines."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from contracts.parcels import ParcelShipped

Listener = Callable[[ParcelShipped], Coroutine[Any, Any, None]]


async def text_message(parcel: ParcelShipped) -> None:
    if parcel.courier is None:  #: R ParcelShipped.courier
        return
    await deliver(f"{parcel.courier.name} is on the way to {parcel.destination.street}")  #: R ParcelShipped.courier, R Courier.name, R ParcelShipped.destination, R Place.street


async def warehouse(parcel: ParcelShipped) -> None:
    async with asyncio.timeout(5):
        await asyncio.to_thread(book_out, parcel.parcel_id, [(item.sku, item.count) for item in parcel.items])  #: R ParcelShipped.parcel_id, R ParcelShipped.items, R Item.sku, R Item.count


async def deliver(text: str) -> None:
    print(text)


def book_out(parcel_id: str, content: list[tuple[str, int]]) -> None:
    print(parcel_id, content)


LISTENERS: list[Listener] = [text_message, warehouse]


async def fan_out(parcel: ParcelShipped) -> None:  #: H ParcelShipped
    async with asyncio.TaskGroup() as group:
        for listener in LISTENERS:
            group.create_task(listener(parcel), name=f"{listener.__name__}-{parcel.parcel_id}")  #: R ParcelShipped.parcel_id
