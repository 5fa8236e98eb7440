"""The customs form, as XML."""

from xml.etree import ElementTree as ET

from contracts.parcels import ParcelShipped
from contracts.shared import Amount, Item, Place


def _text(parent: ET.Element, tag: str, value: object) -> None:
    ET.SubElement(parent, tag).text = str(value)


def _place(parent: ET.Element, place: Place) -> None:
    node = ET.SubElement(parent, "consignee", zone=place.zone)  #: R Place.zone
    for tag, value in zip(("street", "town"), (place.street, place.town), strict=True):  #: R Place.street, R Place.town
        _text(node, tag, value)


def _item(item: Item) -> ET.Element:
    node = ET.Element("item", {"sku": item.sku, "count": str(item.count)})  #: R Item.sku, R Item.count
    _money(node, item.price)  #: R Item.price
    return node


def _money(node: ET.Element, amount: Amount) -> None:
    node.set("value", f"{amount.value / 100:.2f}")  #: R Amount.value
    node.set("currency", amount.unit)  #: R Amount.unit


def form(event: ParcelShipped) -> bytes:  #: H ParcelShipped
    root = ET.Element("form", number=event.parcel_id)  #: R ParcelShipped.parcel_id
    _text(root, "weight", event.weight)  #: R ParcelShipped.weight
    _place(root, event.destination)  #: R ParcelShipped.destination
    root.extend(map(_item, event.items))  #: R ParcelShipped.items
    return ET.tostring(root)
