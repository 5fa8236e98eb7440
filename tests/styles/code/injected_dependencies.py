"""Collaborators without annotations, put in by a factory."""
from contracts.orders import PlaceOrder


class Pricing:
    def price(self, command):
        return command.total.value  #: R PlaceOrder.total, R Amount.value


class Checkout:
    def __init__(self, pricing, audit=None):
        self.pricing = pricing
        self.audit = audit or (lambda command: print(command.customer))  #: D PlaceOrder.customer

    def run(self, command: PlaceOrder) -> int:  #: H PlaceOrder
        self.audit(command)  #: E PlaceOrder
        return self.pricing.price(command)


def checkout() -> Checkout:
    return Checkout(Pricing())
