"""Whatever holds items, by a protocol."""

from typing import Protocol, Sequence

from contracts.parcels import ParcelReturned, ParcelShipped
from contracts.shared import Item


class HasItems(Protocol):
    @property
    def parcel_id(self) -> str: ...

    @property
    def items(self) -> Sequence[Item]: ...


def pieces(thing: HasItems) -> int:
    return sum(item.count for item in thing.items)  #: R Item.count, R ParcelShipped.items, R ParcelReturned.items


def line(thing: HasItems) -> str:
    return f"{thing.parcel_id}: {pieces(thing)} pieces"  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id


def on_shipped(event: ParcelShipped) -> None:  #: H ParcelShipped
    print("out", line(event))


def on_returned(event: ParcelReturned) -> None:  #: H ParcelReturned
    print("back", line(event), event.reason)  #: R ParcelReturned.reason
