"""One handler at a time for each key; nobody ever typed the decorator."""
import functools
import threading
from collections import defaultdict

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

_locks = defaultdict(threading.Lock)


def locked_by(key):
    def decorate(handler):
        @functools.wraps(handler)
        def wrapper(event, *args, **kwargs):
            with _locks[key(event)]:
                return handler(event, *args, **kwargs)

        return wrapper

    return decorate


@locked_by(lambda event: event.customer)  #: R OrderPlaced.customer
def on_order(event: OrderPlaced, retries: int = 0):  #: H OrderPlaced
    if retries > 3:
        raise RuntimeError(event.order_id)  #: R OrderPlaced.order_id
    return event.lines[-1].quantity  #: R OrderPlaced.lines, R Line.quantity


@locked_by(key=lambda parcel: parcel.destination.zone)  #: R ParcelShipped.destination, R Place.zone
def on_parcel(event: ParcelShipped):  #: H ParcelShipped
    return [item.price.value for item in event.items]  #: R Item.price, R Amount.value, R ParcelShipped.items
