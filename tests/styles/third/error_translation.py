"""Turns what goes wrong into errors that name the order."""

from contracts.errors import DecodeError
from contracts import decode
from contracts.orders import PlaceOrder


class OrderRejected(Exception):
    def __init__(self, command: PlaceOrder, reason: str):
        super().__init__(reason)
        self.command = command
        self.reason = reason

    @property
    def order_id(self) -> str:
        return self.command.order_id  #: R PlaceOrder.order_id


def price_of(prices: dict[str, int], command: PlaceOrder) -> int:
    try:
        return sum(prices[line.sku] * line.quantity for line in command.lines)  #: R PlaceOrder.lines, R Line.sku, R Line.quantity
    except KeyError as missing:
        raise OrderRejected(command, f"no price for {missing}") from missing


def run(raw: bytes, prices: dict[str, int]) -> str:
    try:
        command = decode(raw, PlaceOrder)  #: H PlaceOrder
        due = 0 if command.gift else price_of(prices, command)  #: R PlaceOrder.gift
    except DecodeError as error:
        return f"unreadable: {error}"
    except OrderRejected as rejected:
        return f"{rejected.order_id} of {rejected.command.customer}: {rejected.reason}"  #: R PlaceOrder.customer
    else:
        return f"due {due} {command.total.unit}"  #: R PlaceOrder.total, R Amount.unit
