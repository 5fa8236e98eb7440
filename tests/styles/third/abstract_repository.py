"""A repository behind a protocol, with one in memory for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from contracts.orders import OrderPlaced


class Orders(Protocol):
    def add(self, order: OrderPlaced) -> None: ...

    def get(self, order_id: str) -> OrderPlaced | None: ...

    def of_customer(self, customer: str) -> Iterator[OrderPlaced]: ...


class InMemoryOrders:
    def __init__(self) -> None:
        self._orders: dict[str, OrderPlaced] = {}

    def add(self, order: OrderPlaced) -> None:
        self._orders[order.order_id] = order  #: R OrderPlaced.order_id

    def get(self, order_id: str) -> OrderPlaced | None:
        return self._orders.get(order_id)

    def of_customer(self, customer: str) -> Iterator[OrderPlaced]:
        return (order for order in self._orders.values() if order.customer == customer)  #: R OrderPlaced.customer


class Loyalty:
    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    def on_order_placed(self, event: OrderPlaced) -> bool:  #: H OrderPlaced
        self._orders.add(event)
        return sum(o.total.value for o in self._orders.of_customer(event.customer)) > 100_000  #: R OrderPlaced.total, R Amount.value, R OrderPlaced.customer

    def clerk(self, order_id: str) -> str:
        found = self._orders.get(order_id)
        return found.placed_by if found else ""  #: R OrderPlaced.placed_by
