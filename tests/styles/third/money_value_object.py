"""The domain's own money, made from the contract's and turned into it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from contracts.orders import OrderPlaced
from contracts.shared import Amount, Line


@dataclass(frozen=True, order=True)
class Money:
    value: Decimal
    unit: str = "EUR"

    @classmethod
    def of(cls, amount: Amount) -> Money:
        return cls(Decimal(amount.value).scaleb(-2), amount.unit)  #: R Amount.value, R Amount.unit

    def __mul__(self, factor: int | Decimal) -> Money:
        return Money(self.value * factor, self.unit)

    def __add__(self, other: Money) -> Money:
        return Money(self.value + other.value, self.unit)

    def to_contract(self) -> Amount:
        cents = self.value.scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)
        return Amount(value=int(cents), unit=self.unit)  #: C Amount, W Amount.value, W Amount.unit


def line_total(line: Line) -> Money:
    return Money.of(line.unit_price) * line.quantity  #: R Line.unit_price, R Line.quantity


def discounted(order: OrderPlaced) -> Amount:  #: H OrderPlaced
    total = sum((line_total(line) for line in order.lines), Money(Decimal(0), order.total.unit))  #: R OrderPlaced.lines, R OrderPlaced.total, R Amount.unit
    return (total * Decimal("0.9")).to_contract()
