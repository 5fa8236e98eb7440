"""A small domain with the shapes that matter: events of one kind on a channel, and of several; two versions of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.build import Json, record
from tests.support.generated import generate
from tests.support.project import make_project

SETTINGS = 'namespace = "shop"\npackage = "{package}"\nintegrations = ["faststream", "outbox"]'


def contract(channel: str, key: str = "order", partitions: int = 4, **more: Any) -> dict[str, Any]:
    """The contract of an event."""
    kind = {"kind": "event", "pattern": "notification", "owner": "shop", "retention": "P7D"}
    return {**kind, "channel": channel, "key": key, "partitions": partitions, **more}


PLACED = record(
    "shop.orders.OrderPlaced",
    ("order", "string"),
    ("number", "long"),
    ("note", "bytes", ""),
    contract=contract("orders.placed"),
)
NEWER = record(
    "shop.orders.OrderPlaced",
    ("order", "string"),
    ("number", "int"),
    ("note", "bytes", ""),
    ("gift", "boolean", False),
    contract=contract("orders.placed"),
)
CONFIRMED = record(
    "shop.orders.OrderConfirmed", ("order", "string"), ("number", "long"), contract=contract("orders.confirmed")
)
PAID = record("shop.orders.OrderPaid", ("order", "string"), ("number", "long"), contract=contract("orders.journal"))
SHIPPED = record(
    "shop.orders.OrderShipped", ("order", "string"), ("number", "long"), contract=contract("orders.journal")
)
NEWER_SHIPPED = record(
    "shop.orders.OrderShipped",
    ("order", "string"),
    ("number", "long"),
    ("parcel", "string", ""),
    contract=contract("orders.journal"),
)
ANNOUNCED = record("shop.orders.SaleAnnounced", ("text", "string"), contract={"kind": "event", "channel": "sales"})
NOTE = record("shop.orders.Note", ("text", "string"))


def make_shop(root: Path, package: str, *schemas: Json) -> Path:
    """Generate a package of schemas, and return the folder to import it from."""
    files = {f"{schema['name'].removeprefix('shop.').replace('.', '/')}.avsc": schema for schema in schemas}
    make_project(root, files, SETTINGS.format(package=package))
    assert generate(root).findings == []
    return root / "generated"


def make_shops(root: Path) -> list[Path]:
    """Generate the package of today, and that of a service which is a version ahead."""
    rest = (CONFIRMED, PAID, ANNOUNCED, NOTE)
    return [
        make_shop(root / "today", "shop", PLACED, SHIPPED, *rest),
        make_shop(root / "newer", "newer_shop", NEWER, NEWER_SHIPPED, *rest),
    ]
