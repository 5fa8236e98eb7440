"""Attrgetter many."""

from operator import attrgetter, methodcaller

from contracts.parcels import ParcelReturned

key = attrgetter("refund.value", "reason")  #: R Amount.value, R ParcelReturned.refund, R ParcelReturned.reason


def ordered(events: list[ParcelReturned]) -> list[ParcelReturned]:
    return sorted(events, key=key)


def plain(events: list[ParcelReturned]) -> list[str]:
    return list(map(attrgetter("parcel_id"), events))  #: R ParcelReturned.parcel_id
