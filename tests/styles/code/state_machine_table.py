"""Transitions in a table of classes and methods."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped


class Fulfilment:
    def __init__(self):
        self.state = "new"
        self.transitions = {
            OrderPlaced: self._placed,  #: H OrderPlaced
            ParcelShipped: self._shipped,  #: H ParcelShipped
            ParcelReturned: self._returned,  #: H ParcelReturned
        }

    def apply(self, event):
        self.transitions[type(event)](event)

    def _placed(self, event):
        self.order = event.order_id  #: R OrderPlaced.order_id

    def _shipped(self, event):
        self.carrier = event.courier.name if event.courier else None  #: R ParcelShipped.courier, R Courier.name

    def _returned(self, event):
        self.reason = event.reason  #: R ParcelReturned.reason
