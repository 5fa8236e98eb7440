"""Cast from any."""

from typing import Any, cast

from contracts.orders import OrderPlaced


def handle(message: Any) -> None:
    event = cast(OrderPlaced, message.value)
    print(event.customer)  #: R OrderPlaced.customer
    again = cast("OrderPlaced", message)
    print(again.placed_by)  #: R OrderPlaced.placed_by
