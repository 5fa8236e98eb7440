"""Type parameters and aliases of newer Python."""
from contracts.orders import OrderPlaced, PlaceOrder

type Order = OrderPlaced | PlaceOrder


class Page[T]:
    def __init__(self, rows: list[T]) -> None:
        self.rows = rows

    def first(self) -> T | None:
        return self.rows[0] if self.rows else None


def newest[T](page: Page[T], default: T) -> T:
    return page.first() or default


def customer(order: Order) -> str:  #: H OrderPlaced, H PlaceOrder
    return order.customer  #: R OrderPlaced.customer, R PlaceOrder.customer


def show(page: Page[OrderPlaced], other: OrderPlaced) -> str:  #: H OrderPlaced
    return newest(page, other).placed_by  #: R OrderPlaced.placed_by
