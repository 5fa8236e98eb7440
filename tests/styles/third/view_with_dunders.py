"""A view around an event for the pages of the back office."""

from __future__ import annotations

from collections.abc import Iterator
from functools import total_ordering

from contracts.parcels import ParcelShipped
from contracts.shared import Item


@total_ordering
class ShipmentView:
    __slots__ = ("_event",)

    def __init__(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        self._event = event

    @property
    def address(self) -> str:
        place = self._event.destination  #: R ParcelShipped.destination
        return f"{place.street}\n{place.town}"  #: R Place.street, R Place.town

    def __len__(self) -> int:
        return len(self._event.items)  #: R ParcelShipped.items

    def __getitem__(self, index: int) -> Item:
        return self._event.items[index]  #: R ParcelShipped.items

    def __iter__(self) -> Iterator[Item]:
        yield from self._event.items  #: R ParcelShipped.items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShipmentView) and self._event.parcel_id == other._event.parcel_id  #: R ParcelShipped.parcel_id

    def __lt__(self, other: ShipmentView) -> bool:
        return self._event.weight < other._event.weight  #: R ParcelShipped.weight

    def __hash__(self) -> int:
        return hash(self._event.parcel_id)  #: R ParcelShipped.parcel_id


def first_price(view: ShipmentView) -> int:
    return view[0].price.value if len(view) else sum(item.count for item in view)  #: R Item.price, R Amount.value, R Item.count
