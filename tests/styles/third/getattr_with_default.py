"""Reads what older events may not have, by name."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped

UNKNOWN = object()


def audit_line(event: "OrderPlaced | ParcelShipped | ParcelReturned"):  #: H OrderPlaced, H ParcelShipped, H ParcelReturned
    who = getattr(event, "placed_by", None)  #: R OrderPlaced.placed_by
    if who is None and isinstance(event, ParcelShipped) and event.courier:  #: R ParcelShipped.courier
        who = getattr(event.courier, "name")  #: R ParcelShipped.courier, R Courier.name
    number = getattr(event, "order_id", UNKNOWN)  #: R OrderPlaced.order_id
    if number is UNKNOWN:
        number = getattr(event, "parcel_id")  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id
    return f"{type(event).__name__} {number} by {who or 'nobody'}"


def worth(event: OrderPlaced):  #: H OrderPlaced
    total = getattr(event, "total", None)  #: R OrderPlaced.total
    return getattr(total, "value", 0) if total else 0  #: R Amount.value
