"""Async context."""

from contextlib import asynccontextmanager, contextmanager

from contracts.orders import OrderPlaced


@contextmanager
def opened(event: OrderPlaced):
    yield event, event.total  #: R OrderPlaced.total


@asynccontextmanager
async def locked(event: OrderPlaced):
    yield event


async def handle(event: OrderPlaced):
    with opened(event) as (same, total):
        print(same.customer, total.value)  #: R OrderPlaced.customer, R Amount.value
    async with locked(event) as kept:
        return kept.order_id  #: R OrderPlaced.order_id
