"""Default place."""

from contracts.parcels import ParcelShipped
from contracts.shared import Courier

NOBODY = Courier(name="nobody", phone="")  #: W Courier.name, W Courier.phone


def caller(event: ParcelShipped) -> str:
    return (event.courier or NOBODY).phone  #: R ParcelShipped.courier, R Courier.phone


def name(event: ParcelShipped) -> str:
    return event.courier.name if event.courier else "-"  #: R ParcelShipped.courier, R Courier.name
