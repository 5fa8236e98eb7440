"""Asynchronous generators between stages."""
import asyncio
from collections.abc import AsyncIterator

from contracts.orders import OrderPlaced


async def large(orders: AsyncIterator[OrderPlaced]):  #: H OrderPlaced
    async for each in orders:
        if each.total.value > 10_000:  #: R OrderPlaced.total, R Amount.value
            yield each


async def notify(placed):
    await asyncio.sleep(0)
    return placed.placed_by  #: R OrderPlaced.placed_by


async def main(orders: AsyncIterator[OrderPlaced]) -> list[str]:  #: H OrderPlaced
    tasks = []
    async for placed in large(orders):
        tasks.append(asyncio.create_task(notify(placed)))
        print(placed.order_id)  #: R OrderPlaced.order_id
    return await asyncio.gather(*tasks)
