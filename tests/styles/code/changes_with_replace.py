"""Values with a few fields changed."""
import copy

import msgspec
from contracts.orders import PlaceOrder


def as_gift(command: PlaceOrder) -> PlaceOrder:  #: H PlaceOrder
    doubled = [msgspec.structs.replace(line, quantity=line.quantity * 2) for line in command.lines]  #: W Line.quantity, R Line.quantity, R PlaceOrder.lines
    return copy.replace(
        command,
        gift=True,  #: W PlaceOrder.gift
        lines=doubled,  #: W PlaceOrder.lines
        total=msgspec.structs.replace(command.total, value=0),  #: W PlaceOrder.total, R PlaceOrder.total, W Amount.value
    )


def any_change(command: PlaceOrder, **changes: object) -> PlaceOrder:  #: H PlaceOrder
    return msgspec.structs.replace(command, **changes)  #: E PlaceOrder, D PlaceOrder.customer
