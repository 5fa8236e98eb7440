"""Handlers by channel, without types."""
import contracts

known = set()


def remember(order):  #: H OrderPlaced
    known.add(order.order_id)  #: R OrderPlaced.order_id


def weigh(parcel):  #: H ParcelShipped
    if parcel.weight > 30_000:  #: R ParcelShipped.weight
        warn(parcel.destination)  #: R ParcelShipped.destination


def warn(place):
    print("heavy parcel for", place.town, place.zone)  #: R Place.town, R Place.zone


HANDLERS = {
    "orders.order-placed": remember,
    "parcels.parcel-shipped": weigh,
}


def consume(messages):
    for message in messages:
        handler = HANDLERS.get(message.topic)
        if handler:
            handler(contracts.decode(message.value))
