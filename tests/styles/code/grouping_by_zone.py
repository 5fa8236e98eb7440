"""Statistics by zone."""
from collections import Counter, defaultdict
from itertools import groupby

from contracts.parcels import ParcelShipped


def by_zone(parcels: list[ParcelShipped]) -> dict[str, int]:  #: H ParcelShipped
    weights = defaultdict(int)
    for each in parcels:
        weights[each.destination.zone] += each.weight  #: R ParcelShipped.destination, R Place.zone, R ParcelShipped.weight
    return dict(weights)


def skus(parcels: list[ParcelShipped]) -> Counter[str]:  #: H ParcelShipped
    return Counter(item.sku for each in parcels for item in each.items)  #: R Item.sku, R ParcelShipped.items


def runs(parcels: list[ParcelShipped]):  #: H ParcelShipped
    ordered = sorted(parcels, key=lambda each: each.destination.town)  #: R ParcelShipped.destination, R Place.town
    for town, group in groupby(ordered, key=lambda each: each.destination.town):  #: R ParcelShipped.destination, R Place.town
        yield town, [each.note for each in group]  #: R ParcelShipped.note
