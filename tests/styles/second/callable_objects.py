"""Callable objects."""

from contracts.orders import OrderPlaced


class Rule:
    def __init__(self, limit):
        self.limit = limit

    def __call__(self, event):
        return event.total.value > self.limit  #: R OrderPlaced.total, R Amount.value


RULES = [Rule(10), lambda event: event.placed_by == "bot"]  #: R OrderPlaced.placed_by


def check(event: OrderPlaced):
    return all(rule(event) for rule in RULES)
