"""Helpers without annotations, used from another module."""


def money(amount):
    return f"{amount.value / 100:.2f} {amount.unit}"  #: R Amount.value, R Amount.unit


def table(rows, *columns):
    return [[column(row) for column in columns] for row in rows]
