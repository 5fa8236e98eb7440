"""Maps the old shop's dictionaries to commands."""
from __future__ import annotations

from typing import Any, Mapping

from contracts.orders import PlaceOrder
from contracts.shared import Amount, Line

CURRENCIES = {"E": "EUR", "D": "USD"}


class LegacyMapper:
    def __init__(self, prefix: str = "old-") -> None:
        self.prefix = prefix

    def command(self, row: Mapping[str, Any]) -> PlaceOrder:
        lines = [self._line(each) for each in row["POS"]]
        return PlaceOrder(  #: C PlaceOrder
            order_id=self.prefix + row["NR"],  #: W PlaceOrder.order_id
            customer=row["KD"],  #: W PlaceOrder.customer
            lines=lines,  #: W PlaceOrder.lines
            total=self._total(lines),  #: W PlaceOrder.total
            gift=bool(row.get("GESCHENK")),  #: W PlaceOrder.gift
        )

    def _line(self, row: Mapping[str, Any]) -> Line:
        return Line(sku=row["ART"], quantity=int(row["MNG"]), unit_price=self._amount(row["PRS"], row["WRG"]))  #: C Line, W Line.sku, W Line.quantity, W Line.unit_price

    @staticmethod
    def _amount(text: str, currency: str) -> Amount:
        return Amount(value=int(text.replace(",", "")), unit=CURRENCIES[currency])  #: C Amount, W Amount.value, W Amount.unit

    @staticmethod
    def _total(lines: list[Line]) -> Amount:
        units = {line.unit_price.unit for line in lines}  #: R Line.unit_price, R Amount.unit
        value = sum(line.unit_price.value * line.quantity for line in lines)  #: R Line.unit_price, R Amount.value, R Line.quantity
        return Amount(value=value, unit=units.pop())  #: C Amount, W Amount.value, W Amount.unit
