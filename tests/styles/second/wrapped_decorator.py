"""Wrapped decorator."""

import functools

from contracts.orders import OrderPlaced


def logged(function):
    @functools.wraps(function)
    def wrapper(event, *args, **kwargs):
        print("got", event.order_id)  #: R OrderPlaced.order_id
        return function(event, *args, **kwargs)

    return wrapper


@logged
def handle(event: OrderPlaced) -> str:
    return event.customer  #: R OrderPlaced.customer


def start(event: OrderPlaced):
    return handle(event)
