"""Reduce and itertools."""

from functools import reduce
from itertools import chain, groupby

from contracts.parcels import ParcelReturned, ParcelShipped


def weights(events: list[ParcelShipped]) -> int:
    return reduce(lambda total, event: total + event.weight, events, 0)  #: R ParcelShipped.weight


def by_zone(events: list[ParcelShipped]):
    ordered = sorted(events, key=lambda each: each.destination.zone)  #: R ParcelShipped.destination, R Place.zone
    for zone, group in groupby(ordered, key=lambda each: each.destination.zone):  #: R ParcelShipped.destination, R Place.zone
        yield zone, [each.parcel_id for each in group]  #: R ParcelShipped.parcel_id


def everything(shipped: list[ParcelShipped], returned: list[ParcelReturned]):
    for each in chain(shipped, returned):
        for item in each.items:  #: R ParcelShipped.items, R ParcelReturned.items
            yield item.sku  #: R Item.sku
