"""A machine whose next state follows from state and event."""

from __future__ import annotations

from enum import Enum, auto
from typing import assert_never

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped


class State(Enum):
    NEW = auto()
    PAID = auto()
    SENT = auto()
    CLOSED = auto()


def advance(state: State, event: OrderPlaced | ParcelShipped | ParcelReturned) -> State:
    match state, event:
        case State.NEW, OrderPlaced(placed_by="system"):  #: R OrderPlaced.placed_by
            return State.PAID
        case State.PAID, ParcelShipped(items=[_, *_]):  #: R ParcelShipped.items
            return State.SENT
        case State.SENT, ParcelReturned() as returned:
            return State.CLOSED if returned.refund.value else State.PAID  #: R ParcelReturned.refund, R Amount.value
        case _:
            return state


def key(event: OrderPlaced | ParcelShipped | ParcelReturned) -> str:
    if isinstance(event, (ParcelShipped, ParcelReturned)):
        return event.parcel_id  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id
    elif isinstance(event, OrderPlaced):
        return event.order_id  #: R OrderPlaced.order_id
    assert_never(event)


class Machines(dict[str, State]):
    def feed(self, event: OrderPlaced | ParcelShipped | ParcelReturned) -> None:  #: H OrderPlaced, H ParcelShipped, H ParcelReturned
        self[key(event)] = advance(self.get(key(event), State.NEW), event)
