"""A typed decorator for retries, on methods of a service."""
import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from contracts.orders import PlaceOrder

P = ParamSpec("P")
R = TypeVar("R")


def retried(times: int) -> Callable[[Callable[P, Awaitable[R]]], Callable[P, Awaitable[R]]]:
    def decorate(function: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
        async def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            for attempt in range(times):
                try:
                    return await function(*args, **kwargs)
                except OSError:
                    await asyncio.sleep(attempt)
            return await function(*args, **kwargs)

        return wrapper

    return decorate


class Orders:
    @retried(3)
    async def place(self, command: PlaceOrder) -> str:  #: H PlaceOrder
        if command.gift:  #: R PlaceOrder.gift
            return "gift for " + command.customer  #: R PlaceOrder.customer
        return command.order_id  #: R PlaceOrder.order_id
