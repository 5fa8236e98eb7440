"""A transfer object for a web client, with names of its own."""
from typing import TypedDict

from contracts.shared import Item, Place


class PlaceDto(TypedDict):
    line: str
    town: str


def place_dto(place: Place) -> PlaceDto:
    return {"line": f"{place.street}, {place.zone}", "town": place.town}  #: R Place.street, R Place.zone, R Place.town


def items_dto(items: list[Item]) -> list[dict[str, object]]:
    return [{"sku": each.sku, "cents": each.price.value} for each in items]  #: R Item.sku, R Item.price, R Amount.value


def towns(rows: list[PlaceDto]) -> set[str]:
    return {row["town"] for row in rows}
