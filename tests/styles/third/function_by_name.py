"""Finds the function for an event by the name of its class."""
import re

import contracts
from contracts.parcels import ParcelReturned

totals = {"in": 0, "out": 0}


def on_order_placed(event):
    totals["in"] += event.total.value  #: D OrderPlaced.total, D Amount.value
    print(event.placed_by)  #: D OrderPlaced.placed_by


def on_parcel_returned(event: ParcelReturned):  #: H ParcelReturned
    totals["out"] += event.refund.value  #: R ParcelReturned.refund, R Amount.value


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def dispatch(data):
    event = contracts.decode(data)
    function = globals().get("on_" + snake(type(event).__name__))
    if function is not None:
        function(event)  #: E *
