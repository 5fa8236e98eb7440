"""Module aliases."""

import contracts.orders
import contracts.parcels as p
from contracts import shared


def order(event: contracts.orders.OrderPlaced) -> str:
    return event.customer  #: R OrderPlaced.customer


def parcel(event: "p.ParcelReturned") -> str:
    amount: shared.Amount = event.refund  #: R ParcelReturned.refund
    return amount.unit  #: R Amount.unit
