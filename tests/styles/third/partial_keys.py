"""Small functions put together with functools and operator."""

from functools import partial
from itertools import accumulate, chain, filterfalse, takewhile
from operator import attrgetter, methodcaller

from contracts.parcels import ParcelShipped
from contracts.shared import Item


def at_least(count: int, item: Item) -> bool:
    return item.count >= count  #: R Item.count


bulk = partial(at_least, 10)
zone = attrgetter("destination.zone")  #: R ParcelShipped.destination, R Place.zone


def skus(parcels: list[ParcelShipped]) -> set[str]:  #: H ParcelShipped
    everything = chain.from_iterable(map(attrgetter("items"), parcels))  #: R ParcelShipped.items
    return {item.sku for item in filterfalse(bulk, everything)}  #: R Item.sku


def truckload(parcels: list[ParcelShipped], limit: int) -> int:  #: H ParcelShipped
    weights = [parcel.weight for parcel in sorted(parcels, key=zone)]  #: R ParcelShipped.weight
    return len(list(takewhile(limit.__ge__, accumulate(weights))))


def notes(parcels: list[ParcelShipped]) -> list[str]:  #: H ParcelShipped
    stripped = map(methodcaller("strip"), map(attrgetter("note"), parcels))  #: R ParcelShipped.note
    return [note for note in stripped if note]
