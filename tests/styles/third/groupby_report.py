"""A report by customer and unit."""

from itertools import groupby
from operator import attrgetter
from statistics import mean, median

from contracts.orders import OrderPlaced

by_customer = attrgetter("customer", "total.unit")  #: R OrderPlaced.customer, R OrderPlaced.total, R Amount.unit


def report(orders: list[OrderPlaced]) -> list[str]:  #: H OrderPlaced
    lines = []
    for (customer, unit), group in groupby(sorted(orders, key=by_customer), key=by_customer):
        values = [order.total.value for order in group]  #: R OrderPlaced.total, R Amount.value
        lines.append(f"{customer:20} {unit} {mean(values):10.2f} {median(values):10.2f}")
    return lines


def largest(orders: list[OrderPlaced]) -> str:  #: H OrderPlaced
    top = max(orders, key=lambda order: (order.total.value, order.order_id), default=None)  #: R OrderPlaced.total, R Amount.value, R OrderPlaced.order_id
    return top.placed_by if top else "-"  #: R OrderPlaced.placed_by
