"""Takes names and addresses out of events before they go to the archive."""

import hashlib
from functools import singledispatch
from typing import Any

import msgspec
from msgspec import structs

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

encoder = msgspec.json.Encoder(order="deterministic")


def pseudonym(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@singledispatch
def scrub(event: Any) -> Any:
    return event


@scrub.register
def _order(event: OrderPlaced) -> OrderPlaced:  #: H OrderPlaced
    return structs.replace(event, customer=pseudonym(event.customer), placed_by="")  #: W OrderPlaced.customer, W OrderPlaced.placed_by, R OrderPlaced.customer


@scrub.register
def _parcel(event: ParcelShipped) -> ParcelShipped:  #: H ParcelShipped
    place = structs.replace(event.destination, street="")  #: W Place.street, R ParcelShipped.destination
    courier = event.courier and structs.replace(event.courier, phone="")  #: R ParcelShipped.courier, W Courier.phone
    return structs.replace(event, destination=place, courier=courier, note="")  #: W ParcelShipped.destination, W ParcelShipped.courier, W ParcelShipped.note


def archive(event: Any) -> bytes:
    return encoder.encode(scrub(event)) + b"\n"  #: E *
