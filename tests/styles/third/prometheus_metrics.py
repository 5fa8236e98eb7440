"""Counts what comes by."""
from functools import singledispatch

from prometheus_client import Counter, Histogram

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped

REVENUE = Counter("revenue_cents", "Revenue", ["unit"])
WEIGHT = Histogram("parcel_grams", "Weight of parcels", ["zone", "courier"])
RETURNS = Counter("returns", "Returned parcels", ["reason"])


@singledispatch
def observe(event):
    raise TypeError(type(event))


@observe.register
def _(event: OrderPlaced):  #: H OrderPlaced
    REVENUE.labels(unit=event.total.unit).inc(event.total.value)  #: R OrderPlaced.total, R Amount.unit, R Amount.value


@observe.register(ParcelShipped)
def _shipped(event):  #: H ParcelShipped
    courier = event.courier.name if event.courier else "none"  #: R ParcelShipped.courier, R Courier.name
    WEIGHT.labels(zone=event.destination.zone, courier=courier).observe(event.weight)  #: R ParcelShipped.destination, R Place.zone, R ParcelShipped.weight


@observe.register(ParcelReturned)
def _returned(event):  #: H ParcelReturned
    RETURNS.labels(event.reason).inc(len(event.items))  #: R ParcelReturned.reason, R ParcelReturned.items
