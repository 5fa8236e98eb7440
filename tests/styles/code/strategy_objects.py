"""Strategies chosen by a field."""
from typing import Protocol

from contracts.parcels import ParcelShipped
from contracts.shared import Item


class Tariff(Protocol):
    def price(self, item: Item) -> int: ...


class ByCount:
    def price(self, item):
        return item.count * 10  #: R Item.count


class ByPrice:
    def price(self, item: Item) -> int:
        return item.price.value // 100  #: R Item.price, R Amount.value


def tariff_of(shipped: ParcelShipped) -> Tariff:  #: H ParcelShipped
    return ByPrice() if shipped.weight > 500 else ByCount()  #: R ParcelShipped.weight


def total(shipped: ParcelShipped) -> int:  #: H ParcelShipped
    tariff = tariff_of(shipped)
    return sum(tariff.price(item) for item in shipped.items)  #: R ParcelShipped.items
