"""Exact type check."""

from contracts.parcels import ParcelReturned, ParcelShipped


def handle(event):
    if type(event) is ParcelShipped:
        return event.weight  #: R ParcelShipped.weight
    if type(event) == ParcelReturned:
        return event.refund.value  #: R ParcelReturned.refund, R Amount.value
    return None
