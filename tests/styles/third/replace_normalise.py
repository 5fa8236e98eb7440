"""Cleans up commands before they go on."""

from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from contracts.orders import PlaceOrder
from contracts.shared import Amount, Line


def euros(amount: Amount) -> Amount:
    if amount.unit == "EUR":  #: R Amount.unit
        return amount
    return replace(amount, unit="EUR", value=round(amount.value * 0.92))  #: W Amount.unit, W Amount.value, R Amount.value


def merged(lines: list[Line]) -> list[Line]:
    by_sku: dict[str, Line] = {}
    for line in lines:
        known = by_sku.get(line.sku)  #: R Line.sku
        if known is not None:
            line = replace(known, quantity=known.quantity + line.quantity)  #: W Line.quantity, R Line.quantity
        by_sku[line.sku] = line  #: R Line.sku
    return list(by_sku.values())


@dataclass
class Normaliser:
    send: Callable[[PlaceOrder], None]

    def __call__(self, command: PlaceOrder) -> None:  #: H PlaceOrder
        command = replace(command, lines=merged(command.lines), total=euros(command.total))  #: W PlaceOrder.lines, W PlaceOrder.total, R PlaceOrder.lines, R PlaceOrder.total
        self.send(replace(command, customer=command.customer.strip().casefold()))  #: W PlaceOrder.customer, R PlaceOrder.customer, E PlaceOrder
