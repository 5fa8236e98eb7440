"""Handlers that register themselves when their class is made."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned


class Handler:
    registry = {}

    def __init_subclass__(cls, event):
        Handler.registry[event] = cls


class Bill(Handler, event=OrderPlaced):  #: H OrderPlaced
    def handle(self, event):
        return event.total.value, event.customer  #: R OrderPlaced.total, R Amount.value, R OrderPlaced.customer


class Restock(Handler, event=ParcelReturned):  #: H ParcelReturned
    def handle(self, event):
        return [(item.sku, item.count) for item in event.items]  #: R Item.sku, R Item.count, R ParcelReturned.items
