"""An order with what is computed from it, once."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from functools import cached_property

from contracts.orders import OrderPlaced
from contracts.shared import Line


@dataclass
class PricedOrder:
    source: OrderPlaced
    vat_percent: InitVar[int] = 19
    vat: int = field(init=False)

    def __post_init__(self, vat_percent: int) -> None:
        self.vat = self.source.total.value * vat_percent // 100  #: R OrderPlaced.total, R Amount.value

    @cached_property
    def by_sku(self) -> dict[str, Line]:
        return {line.sku: line for line in self.source.lines}  #: R Line.sku, R OrderPlaced.lines

    @cached_property
    def dearest(self) -> Line:
        return max(self.by_sku.values(), key=lambda line: line.unit_price.value)  #: R Line.unit_price, R Amount.value

    def __str__(self) -> str:
        return f"{self.source.order_id}: {self.dearest.sku} x {self.dearest.quantity}"  #: R OrderPlaced.order_id, R Line.sku, R Line.quantity


def describe(order: OrderPlaced) -> str:  #: H OrderPlaced
    return str(PricedOrder(order, vat_percent=7))
