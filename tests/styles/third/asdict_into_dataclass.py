"""Turns events into rows of the data team's own classes, field by field or at once."""

from dataclasses import dataclass

from msgspec.structs import asdict

from contracts.orders import OrderPlaced
from contracts.shared import Line, Place


@dataclass
class Address:
    street: str
    town: str
    zone: str

    @property
    def one_line(self) -> str:
        return f"{self.street}, {self.town}"  #: D Place.street, D Place.town


def address(place: Place) -> Address:
    return Address(**asdict(place))  #: E Place


def line_row(line: Line) -> dict[str, object]:
    row = asdict(line)  #: E Line
    row["cents"] = row.pop("unit_price").value  #: D Line.unit_price, D Amount.value
    return {key: value for key, value in row.items() if key != "sku"}


def rows(order: OrderPlaced) -> list[dict[str, object]]:  #: H OrderPlaced
    return [{"order": order.order_id, **line_row(line)} for line in order.lines]  #: R OrderPlaced.order_id, R OrderPlaced.lines
