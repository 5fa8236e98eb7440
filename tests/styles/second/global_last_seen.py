"""Global last seen."""

from contracts.parcels import ParcelShipped

last = None


def remember(event: ParcelShipped) -> None:
    global last
    last = event


def report():
    if last is not None:
        return last.destination.town  #: R ParcelShipped.destination, R Place.town
    return None
