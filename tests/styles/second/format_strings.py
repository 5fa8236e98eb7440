"""Format strings."""

from contracts.orders import OrderPlaced


def subject(event: OrderPlaced) -> str:
    return "Order {0.order_id} for {event.customer}".format(event, event=event)  #: D OrderPlaced.order_id, D OrderPlaced.customer


def price(event: OrderPlaced) -> str:
    return f"{event.total.value / 100:.2f} {event.total.unit!r:>4}"  #: R OrderPlaced.total, R Amount.value, R Amount.unit


def old(event: OrderPlaced) -> str:
    return "%s by %s" % (event.order_id, event.placed_by)  #: R OrderPlaced.order_id, R OrderPlaced.placed_by
