"""A typed store for snapshots of anything."""
from collections.abc import Callable
from typing import Generic, TypeVar

from contracts.parcels import ParcelShipped

K = TypeVar("K")
V = TypeVar("V")


class Store(Generic[K, V]):
    def __init__(self, key: Callable[[V], K]) -> None:
        self._key = key
        self._values: dict[K, V] = {}

    def put(self, value: V) -> None:
        self._values[self._key(value)] = value

    def find(self, test: Callable[[V], bool]) -> list[V]:
        return [each for each in self._values.values() if test(each)]


parcels: Store[str, ParcelShipped] = Store(lambda shipped: shipped.parcel_id)  #: R ParcelShipped.parcel_id


def heavy(limit: int) -> list[str]:
    return [each.note for each in parcels.find(lambda shipped: shipped.weight > limit)]  #: R ParcelShipped.note, R ParcelShipped.weight
