"""Exception with event."""

from contracts.orders import PlaceOrder


class Refused(Exception):
    def __init__(self, command: PlaceOrder, why: str) -> None:
        super().__init__(why)
        self.command = command


def check(command: PlaceOrder) -> None:
    if not command.lines:  #: R PlaceOrder.lines
        raise Refused(command, "nothing ordered")


def handle(command: PlaceOrder) -> str:
    try:
        check(command)
    except Refused as refused:
        return refused.command.customer  #: R PlaceOrder.customer
    return "ok"
