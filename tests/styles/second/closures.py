"""Closures."""

from contracts.orders import OrderPlaced


def make(event: OrderPlaced):
    def inner():
        return event.order_id  #: R OrderPlaced.order_id

    total = event.total  #: R OrderPlaced.total

    def price():
        nonlocal total
        return total.value  #: R Amount.value

    return inner, price, lambda: event.placed_by  #: R OrderPlaced.placed_by
