"""Rules as a table of a message and a predicate."""
from typing import Callable, List, NamedTuple

from contracts.orders import PlaceOrder
from contracts.shared import Line


class Rule(NamedTuple):
    message: str
    broken: Callable[[PlaceOrder], bool]


class LineRule(NamedTuple):
    message: str
    broken: Callable[[Line], bool]


RULES = [
    Rule("no customer", lambda command: not command.customer.strip()),  #: R PlaceOrder.customer
    Rule("no lines", lambda command: not command.lines),  #: R PlaceOrder.lines
    Rule("total does not add up", lambda command: computed(command) != command.total.value),  #: R PlaceOrder.total, R Amount.value
]
LINE_RULES = (
    LineRule("quantity", lambda line: line.quantity < 1),  #: R Line.quantity
    LineRule("free of charge", lambda line: line.unit_price.value == 0),  #: R Line.unit_price, R Amount.value
)


def computed(command: PlaceOrder) -> int:
    return sum(line.quantity * line.unit_price.value for line in command.lines)  #: R PlaceOrder.lines, R Line.quantity, R Line.unit_price, R Amount.value


def validate(command: PlaceOrder) -> List[str]:  #: H PlaceOrder
    found = [rule.message for rule in RULES if rule.broken(command)]
    for number, line in enumerate(command.lines, start=1):  #: R PlaceOrder.lines
        found += [f"line {number} ({line.sku}): {rule.message}" for rule in LINE_RULES if rule.broken(line)]  #: R Line.sku
    return found
