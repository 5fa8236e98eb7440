"""A class for each thing to do, one base for all."""

from __future__ import annotations

import abc
from typing import ClassVar, Generic, TypeVar

from contracts import Record
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

E = TypeVar("E", bound=Record)


class Handler(abc.ABC, Generic[E]):
    event_type: ClassVar[type[Record]]

    @abc.abstractmethod
    def handle(self, event: E) -> None: ...


class ReserveStock(Handler[OrderPlaced]):
    event_type = OrderPlaced

    def __init__(self, stock: dict[str, int]) -> None:
        self._stock = stock

    def handle(self, event: OrderPlaced) -> None:  #: H OrderPlaced
        for line in event.lines:  #: R OrderPlaced.lines
            self._stock[line.sku] = self._stock.get(line.sku, 0) - line.quantity  #: R Line.sku, R Line.quantity


class PrintNote(Handler[ParcelShipped]):
    event_type = ParcelShipped

    def handle(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        print(event.note.upper())  #: R ParcelShipped.note


def run(handlers: list[Handler[Record]], event: Record) -> None:
    for handler in handlers:
        if isinstance(event, handler.event_type):
            handler.handle(event)
