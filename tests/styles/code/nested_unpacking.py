"""Unpacking of what events hold."""
from contracts.orders import PlaceOrder


def summary(command: PlaceOrder) -> tuple[str, int]:  #: H PlaceOrder
    first, *others = command.lines  #: R PlaceOrder.lines
    total = first.quantity + sum(line.quantity for line in others)  #: R Line.quantity, R Line.quantity
    (head, tail), *_ = [(first, others)]
    for number, (line, other) in enumerate(zip(command.lines, reversed(command.lines)), start=1):  #: R PlaceOrder.lines
        print(number, line.sku, other.unit_price.unit)  #: R Line.sku, R Line.unit_price, R Amount.unit
    return head.sku, total + len(tail)  #: R Line.sku
