"""Methods found by the name of the class."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned


class Inbox:
    def receive(self, event: OrderPlaced | ParcelReturned) -> None:  #: H OrderPlaced, H ParcelReturned
        method = getattr(self, f"on_{type(event).__name__}")
        method(event)  #: E OrderPlaced, E ParcelReturned

    def on_OrderPlaced(self, event):
        print(event.customer)  #: D OrderPlaced.customer

    def on_ParcelReturned(self, event):
        print(event.refund.value)  #: D ParcelReturned.refund, D Amount.value
