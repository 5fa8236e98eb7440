"""Routing by a kind of its own, with a shared field."""
import enum

from contracts.parcels import ParcelReturned, ParcelShipped


class Kind(enum.Enum):
    SHIPPED = ParcelShipped
    RETURNED = ParcelReturned


def parcel_of(event: ParcelShipped | ParcelReturned) -> str:  #: H ParcelShipped, H ParcelReturned
    return event.parcel_id  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id


def first_item(event: ParcelShipped | ParcelReturned) -> str:  #: H ParcelShipped, H ParcelReturned
    return event.items[0].sku  #: R ParcelShipped.items, R ParcelReturned.items, R Item.sku
