"""Recursive helper."""

from contracts.shared import Line


def total(lines, at=0):
    if at >= len(lines):
        return 0
    line = lines[at]
    return line.quantity * line.unit_price.value + total(lines, at + 1)  #: R Line.quantity, R Line.unit_price, R Amount.value


def start(lines: list[Line]):
    return total(lines)
