"""Waits for an order and its parcel, and orders again where the parcel comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional

from contracts.orders import OrderPlaced, PlaceOrder
from contracts.parcels import ParcelReturned, ParcelShipped


@dataclass
class Progress:
    order: Optional[OrderPlaced] = None
    parcel: Optional[ParcelShipped] = None
    attempts: int = 0


class Fulfilment:
    def __init__(self, send: Callable[[PlaceOrder], None]) -> None:
        self._send = send
        self._progress: dict[str, Progress] = {}

    def order_placed(self, event: OrderPlaced) -> None:  #: H OrderPlaced
        self._progress.setdefault(event.order_id, Progress()).order = event  #: R OrderPlaced.order_id

    def parcel_shipped(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        self._progress[event.note].parcel = event  #: R ParcelShipped.note

    def parcel_returned(self, event: ParcelReturned) -> None:  #: H ParcelReturned
        for key, progress in self._progress.items():
            if progress.parcel and progress.parcel.parcel_id == event.parcel_id:  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id
                self._again(key, progress)

    def _again(self, key: str, progress: Progress) -> None:
        if (order := progress.order) is None or progress.attempts >= 3:
            return
        progress.attempts += 1
        self._send(PlaceOrder(order_id=key, customer=order.customer, lines=order.lines, total=order.total, gift=False))  #: C PlaceOrder, W PlaceOrder.order_id, W PlaceOrder.customer, W PlaceOrder.lines, W PlaceOrder.total, W PlaceOrder.gift, R OrderPlaced.customer, R OrderPlaced.lines, R OrderPlaced.total, E PlaceOrder
