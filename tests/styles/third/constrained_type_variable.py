"""One function for two kinds of events, the kind kept."""

from typing import Callable, Iterable, List, Tuple, TypeVar

from contracts.orders import OrderPlaced, PlaceOrder
from contracts.parcels import ParcelReturned, ParcelShipped

Order = TypeVar("Order", OrderPlaced, PlaceOrder)
Parcel = TypeVar("Parcel", bound="ParcelShipped | ParcelReturned")


def priciest(orders: Iterable[Order]) -> Order:
    return max(orders, key=lambda order: order.total.value)  #: R OrderPlaced.total, R PlaceOrder.total, R Amount.value


def partition(parcels: Iterable[Parcel], test: Callable[[Parcel], bool]) -> Tuple[List[Parcel], List[Parcel]]:
    yes: List[Parcel] = []
    no: List[Parcel] = []
    for parcel in parcels:
        (yes if parcel.items and test(parcel) else no).append(parcel)  #: R ParcelShipped.items, R ParcelReturned.items
    return yes, no


def gifts(commands: List[PlaceOrder]) -> bool:  #: H PlaceOrder
    return priciest(commands).gift  #: R PlaceOrder.gift


def light(shipped: List[ParcelShipped]) -> List[str]:  #: H ParcelShipped
    few, _ = partition(shipped, lambda parcel: parcel.weight < 500)  #: R ParcelShipped.weight
    return [parcel.note for parcel in few]  #: R ParcelShipped.note


def angry(returned: List[ParcelReturned]) -> int:  #: H ParcelReturned
    bad, rest = partition(returned, lambda parcel: "!" in parcel.reason)  #: R ParcelReturned.reason
    return len(bad) - len(rest)
