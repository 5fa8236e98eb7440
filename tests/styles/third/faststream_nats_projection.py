"""Keeps the list of parcels under way, fed over NATS."""

from __future__ import annotations

from dataclasses import dataclass, field

from faststream import FastStream
from faststream.nats import NatsBroker

from contracts.parcels import ParcelReturned, ParcelShipped

broker = NatsBroker("nats://localhost:4222")
app = FastStream(broker)


@dataclass
class UnderWay:
    towns: dict[str, str] = field(default_factory=dict)
    grams: int = 0


view = UnderWay()


@broker.subscriber("parcels.parcel-shipped", queue="under-way")
async def on_shipped(event: ParcelShipped) -> None:  #: H ParcelShipped
    view.towns[event.parcel_id] = event.destination.town  #: R ParcelShipped.parcel_id, R ParcelShipped.destination, R Place.town
    view.grams += event.weight  #: R ParcelShipped.weight


@broker.subscriber("parcels.parcel-returned", queue="under-way")
async def on_returned(event: ParcelReturned) -> None:  #: H ParcelReturned
    view.towns.pop(event.parcel_id, None)  #: R ParcelReturned.parcel_id
