"""Looks up several things at once for an order."""

import asyncio
from typing import Protocol

from contracts.orders import OrderPlaced
from contracts.shared import Line


class Stock(Protocol):
    async def left(self, sku: str) -> int: ...


async def check(line: Line, stock: Stock) -> tuple[Line, int]:
    return line, await stock.left(line.sku) - line.quantity  #: R Line.sku, R Line.quantity


async def rating(customer: str) -> float:
    await asyncio.sleep(0)
    return len(customer) / 10


async def handle(event: OrderPlaced, stock: Stock) -> dict[str, object]:  #: H OrderPlaced
    score, *checks = await asyncio.gather(rating(event.customer), *(check(each, stock) for each in event.lines))  #: R OrderPlaced.customer, R OrderPlaced.lines
    results = await asyncio.gather(*[check(each, stock) for each in event.lines])  #: R OrderPlaced.lines
    short = [line.unit_price for line, left in results if left < 0]  #: R Line.unit_price
    return {
        "order": event.order_id,  #: R OrderPlaced.order_id
        "score": score,
        "checked": len(checks),
        "missing": sum(price.value for price in short),  #: R Amount.value
    }
