"""Decoys."""

from contracts.orders import OrderPlaced


class Customer:
    def __init__(self, customer, order_id):
        self.customer = customer
        self.order_id = order_id
        self.total = 3

    def lines(self):
        return [self.customer, self.order_id]


def show(person: Customer) -> str:
    return f"{person.customer} {person.total} {person.lines()}"


def handle(event: OrderPlaced) -> str:
    person = Customer(event.customer, "1")  #: R OrderPlaced.customer
    return show(person) + person.order_id
