"""Deque window."""

from collections import Counter, defaultdict, deque

from contracts.parcels import ParcelShipped

window = deque(maxlen=10)
by_town = defaultdict(list)


def add(event: ParcelShipped) -> None:
    window.append(event)
    by_town[event.destination.town].append(event)  #: R ParcelShipped.destination, R Place.town


def heaviest():
    return max(window, key=lambda each: each.weight)  #: R ParcelShipped.weight


def couriers():
    return Counter(each.courier.name for town in by_town for each in by_town[town] if each.courier)  #: R ParcelShipped.courier, R Courier.name
