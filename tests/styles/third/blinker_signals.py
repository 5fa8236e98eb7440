"""Signals between parts of a monolith."""
from blinker import signal

from contracts.parcels import ParcelReturned, ParcelShipped

parcel_out = signal("parcel-out")
parcel_back = signal("parcel-back")


@parcel_out.connect
def book(sender, event=None, **extra):
    print("book", event.parcel_id, event.weight)  #: D ParcelShipped.parcel_id, D ParcelShipped.weight


@parcel_back.connect
def refund(sender, *, event: ParcelReturned, **extra):  #: H ParcelReturned
    print("refund", event.refund.value, extra.get("clerk"))  #: R ParcelReturned.refund, R Amount.value


class Gate:
    def out(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        parcel_out.send(self, event=event)  #: E ParcelShipped

    def back(self, event: ParcelReturned, clerk: str) -> None:  #: H ParcelReturned
        parcel_back.send(self, event=event, clerk=clerk)  #: E ParcelReturned
