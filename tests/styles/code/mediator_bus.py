"""A mediator with a generic handler interface."""
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from contracts.orders import PlaceOrder
from contracts.parcels import ParcelReturned

M = TypeVar("M")


class Handler(ABC, Generic[M]):
    @abstractmethod
    def handle(self, message: M) -> None: ...


class PlaceOrderHandler(Handler[PlaceOrder]):  #: H PlaceOrder
    def handle(self, message):
        for line in message.lines:  #: R PlaceOrder.lines
            print(line.sku, line.unit_price.value)  #: R Line.sku, R Line.unit_price, R Amount.value


class ReturnHandler(Handler[ParcelReturned]):  #: H ParcelReturned
    def handle(self, message: ParcelReturned) -> None:  #: H ParcelReturned
        print(message.reason)  #: R ParcelReturned.reason


class Mediator:
    def __init__(self) -> None:
        self._handlers: dict[type, Handler] = {}

    def register(self, kind: type[M], handler: Handler[M]) -> None:
        self._handlers[kind] = handler


mediator = Mediator()
mediator.register(PlaceOrder, PlaceOrderHandler())  #: H PlaceOrder
