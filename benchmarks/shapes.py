"""The three events that every codec is measured on, each with data of its own.

The data are drawn from a fixed seed, two hundred items a shape, and cycled, so that no cache, branch
predictor or table of short numbers is made to look good by a single value. Values are in the form that
fastavro takes: records as dicts, logical types as Python's own, the branch of a union of records as a
(full name, dict) pair.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

NAMESPACE = "bench"
ITEMS = 200
SEED = 3

Json = Any
Datum = dict[str, Any]

OPTIONAL = ["null", "string"]
WORDS = ["amber", "birch", "Canal", "delta", "Esch", "fern", "Gasse", "harbour", "ivy", "jasmin", "oak"]
"""ASCII, as most text in events is; words beyond it cost every codec more, and ours by a larger factor."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shape:
    """One event: its Avro schema (JSON) and the data to write, in fastavro's form."""

    name: str
    schema: Json
    data: list[Datum]

    @property
    def full_name(self) -> str:
        return f"{NAMESPACE}.{self.name}"


def all_shapes() -> list[Shape]:
    """Flat, Nested and Wide; the same data in every run."""
    return [_shape("Flat", _flat(), _flat_datum), _shape("Nested", _nested(), _nested_datum), _wide_shape()]


def _shape(name: str, fields: list[Json], draw: Callable[[random.Random], Datum]) -> Shape:
    rng = random.Random(f"{SEED}{name}")
    schema = {**record(name, fields), "namespace": NAMESPACE, "contract": {"kind": "event"}}
    return Shape(name, schema, [draw(rng) for _ in range(ITEMS)])


def record(name: str, fields: list[Json]) -> Json:
    """A record's schema, `contract` and namespace left out."""
    return {"type": "record", "name": name, "fields": fields}


def field(name: str, of: Json) -> Json:
    """A field's schema; an optional one has the default null."""
    return {"name": name, "type": of, **({"default": None} if of == OPTIONAL else {})}


# flat: ten fields, as an event without structure has them


def _flat() -> list[Json]:
    types = {
        "customer_number": "long",
        "policy_number": "long",
        "claims": "int",
        "premium": "double",
        "discount": "double",
        "active": "boolean",
        "name": "string",
        "reference": "string",
        "street": "string",
        "note": OPTIONAL,
    }
    return [field(name, of) for name, of in types.items()]


def _flat_datum(rng: random.Random) -> Datum:
    return {each["name"]: _value(rng, each["type"]) for each in _flat()}


# wide: a hundred fields, the six types in turn

WIDE_TYPES: list[Json] = ["long", "string", "double", "boolean", OPTIONAL, "int"]


def _wide() -> list[Json]:
    return [field(f"field_{i:02}", WIDE_TYPES[i % len(WIDE_TYPES)]) for i in range(100)]


def _wide_shape() -> Shape:
    fields = _wide()
    return _shape("Wide", fields, lambda rng: {each["name"]: _value(rng, each["type"]) for each in fields})


# nested: about 270 bytes, what a real order looks like

UUID_TYPE = {"type": "string", "logicalType": "uuid"}
TIMESTAMP = {"type": "long", "logicalType": "timestamp-micros"}
PRICE = {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}
STATUS = ["PLACED", "PAID", "SHIPPED", "DELIVERED", "RETURNED"]


def _nested() -> list[Json]:
    return [
        field("envelope", _envelope()),
        field("status", {"type": "enum", "name": "Status", "symbols": STATUS}),
        field("address", _strings("Address", "street", "house_number", "postcode", "city", "country")),
        field("payment", [_card(), _strings("Transfer", "iban", "holder")]),
        field("lines", {"type": "array", "items": _line()}),
    ]


def _envelope() -> Json:
    types = {"event_id": UUID_TYPE, "correlation_id": UUID_TYPE, "occurred_at": TIMESTAMP, "source": "string"}
    return record("Envelope", [field(name, of) for name, of in types.items()])


def _card() -> Json:
    types = {"token": "string", "expiry_year": "int", "secured": "boolean"}
    return record("Card", [field(name, of) for name, of in types.items()])


def _line() -> Json:
    return record("Line", [field("sku", "string"), field("quantity", "int"), field("price", PRICE)])


def _strings(name: str, *names: str) -> Json:
    return record(name, [field(each, "string") for each in names])


def _nested_datum(rng: random.Random) -> Datum:
    return {
        "envelope": _envelope_datum(rng),
        "status": rng.choice(STATUS),
        "address": _address_datum(rng),
        "payment": _card_datum(rng) if rng.random() < 0.5 else _transfer_datum(rng),
        "lines": [_line_datum(rng) for _ in range(5)],
    }


def _envelope_datum(rng: random.Random) -> Datum:
    ids = [UUID(int=rng.getrandbits(128), version=4) for _ in range(2)]
    when = EPOCH + timedelta(microseconds=rng.randrange(1_600_000_000_000_000, 1_800_000_000_000_000))
    return {"event_id": ids[0], "correlation_id": ids[1], "occurred_at": when, "source": _source(rng)}


def _source(rng: random.Random) -> str:
    return f"web-shop.checkout.{rng.choice(WORDS)}"


def _address_datum(rng: random.Random) -> Datum:
    street = f"{rng.choice(WORDS)} {rng.choice(WORDS)} street"
    place = {"postcode": f"{rng.randrange(100_000):05}", "city": rng.choice(WORDS), "country": "DE"}
    return {"street": street, "house_number": str(rng.randrange(1, 300)), **place}


def _card_datum(rng: random.Random) -> tuple[str, Datum]:
    token = f"tok_{rng.getrandbits(80):020x}"
    year = rng.randrange(2025, 2032)
    return f"{NAMESPACE}.Card", {"token": token, "expiry_year": year, "secured": rng.random() < 0.5}


def _transfer_datum(rng: random.Random) -> tuple[str, Datum]:
    return f"{NAMESPACE}.Transfer", {"iban": f"DE{rng.randrange(10**20):020}", "holder": _text(rng)}


def _line_datum(rng: random.Random) -> Datum:
    price = Decimal(rng.randrange(100, 200_000)).scaleb(-2)
    return {"sku": f"SKU-{rng.randrange(10**8):08}", "quantity": rng.randrange(1, 20), "price": price}


# values of primitive types


def _value(rng: random.Random, of: Json) -> Any:
    if of == OPTIONAL:
        return None if rng.random() < 0.25 else _text(rng)
    return _DRAW[of](rng)


def _text(rng: random.Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randrange(1, 5)))


_DRAW: dict[str, Callable[[random.Random], Any]] = {
    "long": lambda rng: rng.randrange(1 << 27),
    "int": lambda rng: rng.randrange(rng.choice((60, 8_000, 100_000))),
    "double": lambda rng: round(rng.uniform(-1000, 100_000), 2),
    "boolean": lambda rng: rng.random() < 0.5,
    "string": _text,
}
