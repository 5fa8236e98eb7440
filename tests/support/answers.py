"""An index to ask, made of facts in short."""

from __future__ import annotations

from collections.abc import Iterable

from avow.index.book import Book, make
from avow.index.catalogue import FieldRow, TypeRow
from avow.index.fact import Edge, Fact


def record(fields: str, kind: str = "", doc: str = "", owner: str = "", lost: tuple[str, ...] = ()) -> TypeRow:
    """A row with fields such as `name address:shop.Address`."""
    rows = {}
    for each in fields.split():
        name, _, records = each.partition(":")
        rows[name] = FieldRow("", "string", tuple(filter(None, records.split(","))))
    return TypeRow("record", f"schemas/{owner}.avsc", doc, rows, kind, owner, "", lost=lost)


CATALOGUE = {
    "shop.orders.OrderPlaced": record(
        "order_id customer:shop.Person lines:shop.Line", "event", "A customer has bought something.", "sales", ("note",)
    ),
    "shop.orders.PlaceOrder": record("order_id customer:shop.Person", "command", "Buy something.", "sales"),
    "shop.parcels.ParcelSent": record("parcel_id to:shop.Address", "event", "It is on its way.", "depot"),
    "shop.old.ParcelSent": record("parcel_id", "state", "As it was kept.", "depot"),
    "shop.Person": record("name address:shop.Address"),
    "shop.Address": record("street postcode"),
    "shop.Line": record("sku choice:shop.Person,shop.Address"),
}

PLACED, ORDER, SENT = "shop.orders.OrderPlaced", "shop.orders.PlaceOrder", "shop.parcels.ParcelSent"


def fact(text: str) -> Fact:
    """A fact such as `read shop.Person.name by billing via shop.orders.OrderPlaced.customer`."""
    said, _, via = text.partition(" via ")
    said, _, reason = said.partition(" because ")
    kind, what, _, service = said.split()
    name, field = (what, "*") if what in CATALOGUE or what == "*" else what.rsplit(".", 1)
    return Fact(name, field, kind, service, f"consumers/{service}/app.py", "on", reason, via, 1)  # type: ignore[arg-type]


def book(facts: Iterable[str] = (), edges: Iterable[str] = ()) -> Book:
    made = [
        Edge(source, target, service, f"consumers/{service}/app.py", "on")
        for source, service, target in map(str.split, edges)
    ]
    return make(CATALOGUE, sorted(map(fact, facts)), sorted(made))
