"""Picks events of a class out of a mixed log."""

from typing import Any, Callable, Iterable, Iterator, Optional, Type, TypeVar

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped

T = TypeVar("T")


def of_type(log: Iterable[Any], cls: Type[T]) -> Iterator[T]:
    return (entry for entry in log if isinstance(entry, cls))


def last(log: Iterable[Any], cls: Type[T], where: Callable[[T], bool] = lambda _: True) -> Optional[T]:
    found = None
    for entry in of_type(log, cls):
        if where(entry):
            found = entry
    return found


def revenue(log: Iterable[Any]) -> int:
    gross = sum(order.total.value for order in of_type(log, OrderPlaced))  #: R OrderPlaced.total, R Amount.value
    back = sum(each.refund.value for each in of_type(log, ParcelReturned))  #: R ParcelReturned.refund, R Amount.value
    return gross - back


def last_town(log: Iterable[Any], courier: str) -> str:
    parcel = last(log, ParcelShipped, lambda p: p.courier is not None and p.courier.name == courier)  #: R ParcelShipped.courier, R Courier.name
    return parcel.destination.town if parcel else ""  #: R ParcelShipped.destination, R Place.town
