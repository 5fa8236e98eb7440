"""Errors that carry a command."""
from contracts.orders import PlaceOrder


class Refused(Exception):
    def __init__(self, command, why):
        super().__init__(why)
        self.command = command
        self.why = why


def check(command: PlaceOrder) -> None:  #: H PlaceOrder
    if not command.lines:  #: R PlaceOrder.lines
        raise Refused(command, "empty")


def place(command: PlaceOrder) -> str:  #: H PlaceOrder
    try:
        check(command)
    except Refused as refused:
        return f"{refused.command.order_id}: {refused.why}"  #: R PlaceOrder.order_id
    else:
        return command.customer  #: R PlaceOrder.customer
