"""Classmethod factory."""

from contracts.orders import OrderPlaced


class Order:
    def __init__(self, number, customer):
        self.number = number
        self.customer = customer

    @classmethod
    def from_event(cls, event):
        return cls(event.order_id, event.customer)  #: R OrderPlaced.order_id, R OrderPlaced.customer

    @staticmethod
    def amount(event: OrderPlaced) -> int:
        return event.total.value  #: R OrderPlaced.total, R Amount.value


def handle(event: OrderPlaced):
    order = Order.from_event(event)
    return order.customer, Order.amount(event)
