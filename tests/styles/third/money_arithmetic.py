"""Adds up amounts of different currencies."""

from collections import Counter
from decimal import Decimal
from functools import reduce
from typing import Iterable

from contracts.parcels import ParcelReturned
from contracts.shared import Amount


class MixedUnits(ValueError):
    def __init__(self, left: Amount, right: Amount) -> None:
        super().__init__(f"{left.unit} is not {right.unit}")  #: R Amount.unit


def add(left: Amount, right: Amount) -> Amount:
    if left.unit != right.unit:  #: R Amount.unit
        raise MixedUnits(left, right)
    return Amount(value=left.value + right.value, unit=left.unit)  #: C Amount, W Amount.value, W Amount.unit, R Amount.value, R Amount.unit


def per_unit(events: Iterable[ParcelReturned]) -> Counter[str]:  #: H ParcelReturned
    result: Counter[str] = Counter()
    for refund in (event.refund for event in events):  #: R ParcelReturned.refund
        result[refund.unit] += refund.value  #: R Amount.unit, R Amount.value
    return result


def total(event: ParcelReturned) -> Decimal:  #: H ParcelReturned
    whole = reduce(add, [item.price for item in event.items], event.refund)  #: R ParcelReturned.items, R Item.price, R ParcelReturned.refund
    return Decimal(whole.value) / 100  #: R Amount.value
