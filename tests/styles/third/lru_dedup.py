"""Drops what was seen lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

T = TypeVar("T")


class Recent:
    def __init__(self, size: int) -> None:
        self._size = size
        self._seen: OrderedDict[Hashable, None] = OrderedDict()

    def unseen(self, events: Iterable[T], key: Callable[[T], Hashable]) -> Iterator[T]:
        for event in events:
            mark = key(event)
            if mark in self._seen:
                self._seen.move_to_end(mark)
                continue
            self._seen[mark] = None
            if len(self._seen) > self._size:
                self._seen.popitem(last=False)
            yield event


def parcels(recent: Recent, stream: Iterable[ParcelShipped]) -> list[str]:  #: H ParcelShipped
    return [fresh.note for fresh in recent.unseen(stream, lambda e: e.parcel_id)]  #: R ParcelShipped.note, R ParcelShipped.parcel_id


def orders(recent: Recent, stream: Iterable[OrderPlaced]) -> set[str]:  #: H OrderPlaced
    def key(event: OrderPlaced) -> tuple[str, int]:
        return event.order_id, len(event.lines)  #: R OrderPlaced.order_id, R OrderPlaced.lines

    return {fresh.customer for fresh in recent.unseen(stream, key)}  #: R OrderPlaced.customer
