"""A decorator that lets each key through once."""

from functools import wraps
from typing import Awaitable, Callable, ParamSpec, TypeVar

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned

E = TypeVar("E")
P = ParamSpec("P")
_done: set[str] = set()


def once(key: Callable[[E], str]) -> Callable[[Callable[[E], Awaitable[None]]], Callable[[E], Awaitable[None]]]:
    def decorate(function: Callable[[E], Awaitable[None]]) -> Callable[[E], Awaitable[None]]:
        @wraps(function)
        async def guarded(event: E) -> None:
            if (name := f"{function.__name__}:{key(event)}") in _done:
                return
            await function(event)
            _done.add(name)

        return guarded

    return decorate


def parcel_key(event: ParcelReturned) -> str:
    return event.parcel_id  #: R ParcelReturned.parcel_id


@once(parcel_key)
async def refund(event: ParcelReturned) -> None:  #: H ParcelReturned
    print("refund", event.refund.value, event.refund.unit)  #: R ParcelReturned.refund, R Amount.value, R Amount.unit


def order_key(event: OrderPlaced) -> str:
    return f"{event.customer}/{event.order_id}"  #: R OrderPlaced.customer, R OrderPlaced.order_id


@once(key=order_key)
async def thank(event: OrderPlaced) -> None:  #: H OrderPlaced
    print("thank you,", event.customer)  #: R OrderPlaced.customer
