"""A cache around a function of an event's part."""
from functools import lru_cache

from contracts.parcels import ParcelShipped
from contracts.shared import Place


@lru_cache(maxsize=1000)
def distance(place: Place) -> int:
    return len(place.street) + len(place.zone)  #: R Place.street, R Place.zone


def cost(shipped: ParcelShipped) -> int:  #: H ParcelShipped
    return distance(shipped.destination) * shipped.weight  #: R ParcelShipped.destination, R ParcelShipped.weight
