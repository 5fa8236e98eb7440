"""Keys for the topic of everything."""

from typing import Any, Callable, Final, Mapping, Type

from contracts import Record, encode
from contracts.orders import OrderPlaced, PlaceOrder
from contracts.parcels import ParcelReturned, ParcelShipped

KEYS: Final[Mapping[Type[Record], Callable[[Any], str]]] = {
    OrderPlaced: lambda e: e.order_id,  #: R OrderPlaced.order_id
    PlaceOrder: lambda e: e.order_id,  #: R PlaceOrder.order_id
    ParcelShipped: lambda e: f"{e.destination.zone}-{e.parcel_id}",  #: R ParcelShipped.destination, R Place.zone, R ParcelShipped.parcel_id
    ParcelReturned: lambda e: e.parcel_id,  #: R ParcelReturned.parcel_id
}


class Relay:
    def __init__(self, producer) -> None:
        self._producer = producer

    def forward(self, event: Record) -> None:
        key = KEYS[type(event)](event)
        self._producer.produce("everything", key=key.encode(), value=encode(event))  #: E OrderPlaced, E ParcelShipped

    def forward_all(self, events: "list[OrderPlaced | ParcelShipped]") -> None:  #: H OrderPlaced, H ParcelShipped
        for event in events:
            self.forward(event)
        self._producer.flush()
