"""Plugins registered by a decorator that takes the class, started from one loop."""
import logging

from contracts import decode
from contracts.orders import OrderPlaced, PlaceOrder
from contracts.parcels import ParcelShipped

log = logging.getLogger("plugins")
_plugins = {}


def listens_to(*event_types):
    def register(function):
        for event_type in event_types:
            _plugins.setdefault(event_type, []).append(function)
        return function

    return register


@listens_to(OrderPlaced, PlaceOrder)
def biggest_line(event):  #: H OrderPlaced, H PlaceOrder
    line = max(event.lines, key=lambda l: l.quantity)  #: R OrderPlaced.lines, R PlaceOrder.lines, R Line.quantity
    log.info("biggest line of %s is %s", event.order_id, line.sku)  #: R OrderPlaced.order_id, R PlaceOrder.order_id, R Line.sku


@listens_to(ParcelShipped)
def courier_call(parcel):  #: H ParcelShipped
    if parcel.courier:  #: R ParcelShipped.courier
        log.info("call %s", parcel.courier.phone)  #: R ParcelShipped.courier, R Courier.phone


def pump(source):
    for data in source:
        event = decode(data)
        for plugin in _plugins.get(type(event), ()):
            try:
                plugin(event)
            except Exception:
                log.exception("plugin %s", plugin.__name__)
