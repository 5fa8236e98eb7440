"""Isinstance of any."""

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped


def handle(event):
    if isinstance(event, (OrderPlaced, ParcelShipped)):
        kind = "order" if isinstance(event, OrderPlaced) else "parcel"
        if kind == "order":
            return event.placed_by  #: R OrderPlaced.placed_by
    assert not isinstance(event, OrderPlaced)
    if isinstance(event, ParcelShipped) and event.note:  #: R ParcelShipped.note
        return event.labels["x"].colour  #: R ParcelShipped.labels, R Label.colour
    return None
