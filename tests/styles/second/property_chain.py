"""Property chain."""

from contracts.parcels import ParcelShipped


class Delivery:
    def __init__(self, event):
        self._event = event

    @property
    def place(self):
        return self._event.destination  #: R ParcelShipped.destination

    @property
    def town(self):
        return self.place.town  #: R Place.town


def handle(event: ParcelShipped):
    delivery = Delivery(event)
    return delivery.town, delivery.place.zone  #: R Place.zone
