"""Generic base handler."""

from typing import Generic, TypeVar

from contracts.orders import OrderPlaced, PlaceOrder

T = TypeVar("T")


class Handler(Generic[T]):
    def handle(self, message: T) -> None:
        raise NotImplementedError


class OnPlaced(Handler[OrderPlaced]):
    def handle(self, message):
        print(message.order_id)  #: R OrderPlaced.order_id


class OnCommand(Handler[PlaceOrder]):
    def handle(self, message: PlaceOrder) -> None:
        if message.gift:  #: R PlaceOrder.gift
            print(message.customer)  #: R PlaceOrder.customer
