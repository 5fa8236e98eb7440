"""A small domain with the shapes that matter: events of one kind on a channel, and of several; two versions of one."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import fastavro
from tests.support.build import Json, record
from tests.support.generated import generate
from tests.support.project import avow_here, make_project

from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.parse import parse_text

SETTINGS = 'namespace = "shop"\npackage = "{package}"\nintegrations = ["faststream", "http", "outbox"]'


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
OLDER = record("shop.orders.OrderPlaced", ("order", "string"), ("number", "long"), contract=contract("orders.placed"))
OLDER_SHIPPED = record("shop.orders.OrderShipped", ("number", "int"), contract=contract("orders.journal", "number"))
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
    "shop.orders.OrderShipped", ("order", "string", ""), ("number", "long"), contract=contract("orders.journal")
)
NEWER_SHIPPED = record(
    "shop.orders.OrderShipped",
    ("order", "string"),
    ("number", "long"),
    ("parcel", "string", ""),
    contract=contract("orders.journal"),
)
ANNOUNCED = record("shop.orders.SaleAnnounced", ("text", "string"), contract={"kind": "event", "channel": "sales"})
GET = record("shop.orders.GetOrder", ("order", "string"), contract={"kind": "query", "channel": "orders.get-order"})
ANSWER = record("shop.orders.GetOrderAnswer", ("number", ["null", "int"], None), contract={"kind": "answer"})
NEWER_ANSWER = record(
    "shop.orders.GetOrderAnswer",
    ("number", ["null", "int"], None),
    ("gift", "boolean", False),
    contract={"kind": "answer"},
)
NOTE = record("shop.orders.Note", ("text", "string"))


def make_shop(root: Path, package: str, *schemas: Json, released: Sequence[Json] = ()) -> Path:
    """Generate a package of schemas, of which some were released otherwise, and return the folder to import it from."""
    settings = SETTINGS.format(package=package)
    if released:
        make_project(root, _files(released), settings)
        assert avow_here(root, "release").code == 0
    make_project(root, _files(schemas), settings)
    assert generate(root).findings == []
    return root / "generated"


def _files(schemas: Iterable[Json]) -> dict[str, Json]:
    return {f"{schema['name'].removeprefix('shop.').replace('.', '/')}.avsc": schema for schema in schemas}


def make_shops(root: Path) -> list[Path]:
    """Generate the package of today, and that of a service which is a version ahead."""
    rest = (CONFIRMED, PAID, ANNOUNCED, GET, NOTE)
    return [
        make_shop(root / "today", "shop", PLACED, SHIPPED, ANSWER, *rest, released=(OLDER, OLDER_SHIPPED)),
        make_shop(root / "newer", "newer_shop", NEWER, NEWER_SHIPPED, NEWER_ANSWER, *rest),
    ]


def single_object(schema: Json, value: Any) -> bytes:
    """A message as another library writes it."""
    body = io.BytesIO()
    fastavro.schemaless_writer(body, schema, value)
    number = fingerprint(canonical_form(parse_text(json.dumps(schema))))
    return b"\xc3\x01" + number.to_bytes(8, "little") + body.getvalue()
