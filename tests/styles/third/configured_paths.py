"""Which fields go into the key of a partition is configured."""

import os
from functools import reduce
from typing import Any

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

PATHS = os.environ.get("KEY_PATHS", "destination.zone,courier.name").split(",")


def resolve(event: Any, path: str) -> Any:
    return reduce(lambda value, name: getattr(value, name, None), path.split("."), event)


def key(event: ParcelShipped) -> str:  #: H ParcelShipped
    parts = [str(resolve(event, path)) for path in PATHS]  #: E ParcelShipped, D ParcelShipped.destination, D Place.zone, D ParcelShipped.courier, D Courier.name
    return "|".join(parts) + f"|{event.parcel_id}"  #: R ParcelShipped.parcel_id


def order_key(event: OrderPlaced) -> str:  #: H OrderPlaced
    return event.customer  #: R OrderPlaced.customer
