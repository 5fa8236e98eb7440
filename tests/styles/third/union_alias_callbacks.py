"""Aliases for events and callbacks, used throughout."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import contracts
from contracts import orders, parcels

DomainEvent: TypeAlias = "orders.OrderPlaced | parcels.ParcelReturned"
Callback: TypeAlias = Callable[[DomainEvent], Awaitable[None]]


async def write_journal(event: DomainEvent) -> None:  #: H OrderPlaced, H ParcelReturned
    match event:
        case orders.OrderPlaced():
            print("+", event.total.value, event.customer)  #: R OrderPlaced.total, R Amount.value, R OrderPlaced.customer
        case parcels.ParcelReturned(refund=amount):  #: R ParcelReturned.refund
            print("-", amount.value, event.parcel_id)  #: R Amount.value, R ParcelReturned.parcel_id


async def check_unit(event: DomainEvent) -> None:  #: H OrderPlaced, H ParcelReturned
    amount = event.refund if isinstance(event, parcels.ParcelReturned) else event.total  #: R ParcelReturned.refund, R OrderPlaced.total
    if amount.unit not in {"EUR", "USD"}:  #: R Amount.unit
        raise ValueError(amount.unit)  #: R Amount.unit


CALLBACKS: tuple[Callback, ...] = (check_unit, write_journal)


async def consume(messages: Any) -> None:
    async for message in messages:
        event: DomainEvent = contracts.decode(message.body)
        for callback in CALLBACKS:
            await callback(event)
