"""A fluent way to subscribe."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

from .framework import when


def thank(event):
    return event.customer  #: R OrderPlaced.customer


def track(event):
    return event.courier and event.courier.phone  #: R ParcelShipped.courier, R Courier.phone


when(OrderPlaced).then(thank).otherwise(print)  #: H OrderPlaced
when(ParcelShipped).then(track)  #: H ParcelShipped
