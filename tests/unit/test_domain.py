"""The insurance domain in schemas/: what it shows, and that another Avro library reads all of it."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import fastavro
import pytest
from fastavro.schema import UnknownType

from avow.load import metadata
from avow.runtime.parse import Document, parse_documents
from avow.runtime.schema import Array, Enum, Fixed, Map, Record, Type, Union, children, named_types

SCHEMAS = Path(__file__).parents[2] / "schemas"
FILES = sorted(path for path in SCHEMAS.rglob("*.avsc") if path.relative_to(SCHEMAS).parts[0] != "released")
ROOT = "insurance"


@cache
def documents() -> dict[str, dict[str, Any]]:
    """Every schema as JSON, by the full name that its path stands for."""
    return {full_name(path): json.loads(path.read_text(encoding="utf-8")) for path in FILES}


def full_name(path: Path) -> str:
    return ".".join((ROOT, *path.relative_to(SCHEMAS).with_suffix("").parts))


@cache
def types() -> dict[str, Type]:
    schemas = parse_documents([Document(name, value) for name, value in documents().items()])
    assert schemas.problems == []
    return dict(schemas.types)


def records() -> list[Record]:
    return [type_ for type_ in types().values() if isinstance(type_, Record)]


def contracts() -> dict[str, dict[str, Any]]:
    return {node.name: node.props["contract"] for node in records() if "contract" in node.props}


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in a schema."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def reference_schema(name: str) -> Any:
    """Let fastavro parse a schema with all that it refers to, each parsed when it is first missed."""
    known: dict[str, Any] = {}

    def load(wanted: str) -> Any:
        while True:
            attempt = dict(known)
            try:
                parsed = fastavro.parse_schema(documents()[wanted], named_schemas=attempt)
            except UnknownType as missing:
                load(missing.name)
            else:
                known.update(attempt)
                return parsed

    return load(name)


LOGICAL_VALUES = {
    "date": date(2025, 3, 1),
    "decimal": Decimal("-12.5"),
    "local-timestamp-millis": datetime(2025, 3, 1, 9, 30),
    "time-micros": time(9, 30, 0, 1),
    "time-millis": time(9, 30),
    "timestamp-micros": datetime(2025, 3, 1, 9, 30, 0, 1, UTC),
    "timestamp-millis": datetime(2025, 3, 1, 9, 30, tzinfo=UTC),
    "uuid": UUID(int=7),
}
PLAIN_VALUES = {"null": None, "boolean": True, "double": 0.25, "float": 0.25, "int": -1, "long": 1 << 40}


def value_of(type_: Type, depth: int = 0) -> Any:
    """Return a Python value of a type; unions take their last branch, and what recurses ends."""
    if isinstance(type_, Record):
        return {field.name: value_of(field.type, depth + 1) for field in type_.fields}
    if isinstance(type_, Array):
        return [] if depth > 8 else [value_of(type_.items, depth + 1)] * 2
    if isinstance(type_, Map):
        return {"some key": value_of(type_.values, depth + 1)}
    if isinstance(type_, Union):
        return value_of(type_.branches[-1], depth + 1)
    if isinstance(type_, Enum):
        return type_.symbols[-1]
    if isinstance(type_, Fixed) and (type_.logical is None or type_.logical.name != "decimal"):
        return bytes(range(type_.size))  # fastavro knows no uuid and no duration on fixed
    if type_.logical:
        return LOGICAL_VALUES[type_.logical.name]
    return PLAIN_VALUES.get(type_.kind, b"\0\xff" if type_.kind == "bytes" else "text")


@pytest.mark.parametrize("name", list(documents()))
def test_the_reference_library_reads_it_and_round_trips_a_value(name: str) -> None:
    schema, value = reference_schema(name), value_of(types()[name])
    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, schema, value)
    buffer.seek(0)
    assert fastavro.schemaless_reader(buffer, schema, None) == value
    assert buffer.read() == b""


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_defines_the_type_that_its_path_names(path: Path) -> None:
    value = documents()[full_name(path)]
    assert f"{value['namespace']}.{value['name']}" == full_name(path)


def test_all_metadata_is_in_order() -> None:
    assert [(node.name, *problem) for node in records() for problem in metadata.problems(node)] == []


def test_there_are_enough_contracts_of_enough_services() -> None:
    owners = {contract["owner"] for contract in contracts().values()}
    assert len(contracts()) >= 22
    assert owners == {"billing", "claims", "communications", "customers", "policies", "quoting"}


def test_each_kind_and_pattern_is_there() -> None:
    kinds = {contract["kind"] for contract in contracts().values()}
    patterns = {contract.get("pattern") for contract in contracts().values() if contract["kind"] == "event"}
    assert kinds == {"event", "command", "query", "answer", "snapshot", "document"}
    assert patterns == {"notification", "state-transfer", "sourced"}


@pytest.mark.parametrize(
    "name",
    [
        "communications.EmailSent",
        "communications.SendEmail",
        "customers.AddressChanged",
        "customers.ChangeAddress",
        "customers.CustomerAddressChanged",
        "customers.CustomerRegistered",
        "customers.CustomerSnapshot",
        "customers.CustomerUpdated",
        "customers.GetCustomer",
        "quoting.QuoteGenerated",
    ],
)
def test_the_story_has_its_contracts(name: str) -> None:
    assert f"{ROOT}.{name}" in contracts()


def test_each_logical_type_is_used_on_each_type_that_carries_it() -> None:
    used = {
        (item["type"], item["logicalType"])
        for value in documents().values()
        for item in walk(value)
        if "logicalType" in item
    }
    assert used == {
        ("bytes", "decimal"),
        ("fixed", "decimal"),
        ("fixed", "duration"),
        ("fixed", "uuid"),
        ("int", "date"),
        ("int", "time-millis"),
        ("long", "local-timestamp-millis"),
        ("long", "time-micros"),
        ("long", "timestamp-micros"),
        ("long", "timestamp-millis"),
        ("string", "uuid"),
    }


def test_the_shapes_that_generators_get_wrong_are_there() -> None:
    fields = [field.type for node in records() for field in node.fields]
    assert any(isinstance(type_, Array) and isinstance(type_.items, Record) for type_ in fields)
    assert any(isinstance(type_, Map) and isinstance(type_.values, Record) for type_ in fields)
    assert any(
        isinstance(type_, Union) and sum(isinstance(branch, Record) for branch in type_.branches) == 3
        for type_ in fields
    )
    assert {node.name for node in records() if is_recursive(node)} == {
        "insurance.claims.AssessmentNode",
        "insurance.policies.Cover",
    }


def is_recursive(node: Record) -> bool:
    return any(node.name in named_types(child) for child in children(node))


def test_enums_are_named_records_and_fields_have_docs() -> None:
    bare = [name for name, value in documents().items() if not value.get("doc")]
    bare += [f"{node.name}.{field.name}" for node in records() for field in node.fields if not field.doc]
    assert bare == []


def test_every_enum_can_grow() -> None:
    assert [name for name, value in documents().items() if value["type"] == "enum" and "default" not in value] == []


def test_deprecations_name_something_that_exists_and_is_not_deprecated_itself() -> None:
    replaced = {name: item["deprecated"]["use"] for name, item in contracts().items() if "deprecated" in item}
    assert replaced == {"insurance.customers.CustomerMoved": "insurance.customers.AddressChanged"}
    assert not set(replaced.values()) & set(replaced)
    assert set(replaced.values()) <= set(contracts())
    for node in records():
        names = {field.name for field in node.fields if "deprecated" not in field.props}
        used = [field.props["deprecated"]["use"] for field in node.fields if "deprecated" in field.props]
        assert set(used) <= names, node.name


def test_aliases_deprecated_and_sensitive_fields_are_there() -> None:
    marks = {mark for node in records() for field in node.fields for mark in field.props}
    assert marks == {"deprecated", "sensitive"}
    assert any(node.aliases for node in records())
    assert any(field.aliases for node in records() for field in node.fields)


def test_readers_of_sensitive_fields_are_services() -> None:
    owners = {contract["owner"] for contract in contracts().values()}
    for node in records():
        for field in node.fields:
            assert set(field.props.get("sensitive", {}).get("readers", [])) <= owners, (node.name, field.name)


def test_each_key_leads_to_a_field_of_one_value() -> None:
    for name, contract in contracts().items():
        type_ = types()[name]
        for step in contract["key"].split(".") if "key" in contract else ():
            assert isinstance(type_, Record), f"{name}: {contract['key']}"
            type_ = {field.name: field for field in type_.fields}[step].type
        assert type_.kind == ("string" if "key" in contract else "record"), f"{name}: {contract.get('key')}"


def test_what_travels_has_channel_key_partitions_and_retention() -> None:
    for name, contract in contracts().items():
        if contract["kind"] in ("event", "command", "snapshot"):
            assert {"owner", "channel", "key", "partitions", "retention"} <= set(contract), name


def test_contracts_that_share_a_channel_share_owner_key_and_partitions() -> None:
    shared = defaultdict(set)
    for contract in contracts().values():
        if "channel" in contract:
            shared[contract["channel"]].add(tuple(contract.get(key) for key in ("owner", "key", "partitions")))
    assert {channel: rows for channel, rows in shared.items() if len(rows) > 1} == {}


def test_sourced_events_name_their_aggregate_first_and_say_where_they_come_from() -> None:
    for name, contract in contracts().items():
        if contract.get("pattern") == "sourced":
            fields = {field["name"]: field["type"] for field in documents()[name]["fields"]}
            assert next(iter(fields)) == contract["key"], name
            assert fields["version"] == "long", name
            assert fields["provenance"] == "insurance.shared.Provenance", name
