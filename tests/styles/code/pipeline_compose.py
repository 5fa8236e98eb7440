"""Functions put together to a pipeline."""
from functools import reduce

from contracts.parcels import ParcelShipped


def compose(*steps):
    return lambda value: reduce(lambda acc, step: step(acc), steps, value)


def to_destination(shipped: ParcelShipped):  #: H ParcelShipped
    return shipped.destination  #: R ParcelShipped.destination


def to_town(place):
    return place.town.upper()  #: R Place.town


def town_of(shipped: ParcelShipped) -> str:  #: H ParcelShipped
    return to_town(to_destination(shipped))


pipeline = compose(to_destination, to_town)
