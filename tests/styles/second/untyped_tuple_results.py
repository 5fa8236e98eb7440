"""Untyped tuple results."""

from contracts.orders import OrderPlaced


def parse(event):
    return event.customer, event.total, event  #: R OrderPlaced.customer, R OrderPlaced.total


def handle(event: OrderPlaced):
    customer, total, same = parse(event)
    print(customer, total.unit)  #: R Amount.unit
    return same.order_id  #: R OrderPlaced.order_id
