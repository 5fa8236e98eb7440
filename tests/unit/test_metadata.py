"""The contract of a record and the marks of its fields: what is refused, where, and in which words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from tests.support.work import calls

from avow.load import metadata
from avow.runtime.parse import parse
from avow.runtime.schema import Record

FULL = {
    "kind": "event",
    "pattern": "notification",
    "owner": "customers",
    "channel": "customers.address-changed",
    "key": "customer.id",
    "partitions": 8,
    "compatibility": "FULL",
    "retention": "P90D",
    "deprecated": {"since": "2025-03-01", "use": "insurance.customers.Moved", "reason": "Too thin."},
}


def record(contract: Any, **marks: Any) -> Record:
    fields = [{"name": "a", "type": "int"}, {"name": "b", "type": "int", **marks}]
    node = parse({"type": "record", "name": "R", "contract": contract, "fields": fields})
    assert isinstance(node, Record)
    return node


def found(contract: Any, **marks: Any) -> list[tuple[Any, str, str]]:
    return list(metadata.problems(record(contract, **marks)))


KINDS = "the kind has to be event, command, query, answer, snapshot or document"
ATTRIBUTES = "it may have kind, pattern, owner, channel, key, partitions, compatibility, retention, deprecated"
SERVICE = "has to be the name of a service: lower-case letters and digits, joined by - or _"
CHANNEL = "the channel has to be letters, digits, - and _, joined by dots, at most 200 characters"
PATH = "has to be a field of the record, or a path of fields joined by dots"
READERS = "readers has to be a list of services, at least one and none of them twice"
LEVELS = "the compatibility has to be NONE, BACKWARD, FORWARD, FULL or one of the last three with _TRANSITIVE"

CONTRACTS: list[tuple[Any, tuple[str | int, ...], str, str]] = [
    (
        "event",
        (),
        'a contract has to be an object with a kind, not "event"',
        'write it like {"kind": "event"}',
    ),
    (None, (), "a contract has to be an object with a kind, not null", 'write it like {"kind": "event"}'),
    ({}, (), f'"contract" has no "kind"; {KINDS}', 'add "kind": "event" or another'),
    ({"kind": "evnt"}, ("kind",), f'{KINDS}, not "evnt"', 'did you mean "event"?'),
    ({"kind": "fact"}, ("kind",), f'{KINDS}, not "fact"', "choose one of these"),
    ({"kind": 1}, ("kind",), f"{KINDS}, not 1", "choose one of these"),
    ({"knd": "event"}, ("knd",), f'"contract" has no attribute "knd"; {ATTRIBUTES}', 'did you mean "kind"?'),
    ({"kind": "event", "hue": 1}, ("hue",), f'"contract" has no attribute "hue"; {ATTRIBUTES}', "remove it"),
    (
        {"kind": "command", "pattern": "sourced"},
        ("pattern",),
        "only events have a pattern",
        'remove "pattern", or make the kind "event"',
    ),
    (
        {"kind": "event", "pattern": "state_transfer"},
        ("pattern",),
        'the pattern has to be notification, state-transfer or sourced, not "state_transfer"',
        'did you mean "state-transfer"?',
    ),
    (
        {"kind": "event", "owner": "The Customers"},
        ("owner",),
        f'the owner {SERVICE}, not "The Customers"',
        'write it like "customers"',
    ),
    (
        {"kind": "event", "channel": "customers..moved"},
        ("channel",),
        f'{CHANNEL}, not "customers..moved"',
        'write it like "customers.address-changed"',
    ),
    (
        {"kind": "event", "channel": "c" * 201},
        ("channel",),
        f'{CHANNEL}, not "{"c" * 38}…',
        'write it like "customers.address-changed"',
    ),
    (
        {"kind": "event", "key": "a[0]"},
        ("key",),
        f'the key {PATH}, not "a[0]"',
        'write it like "customer.id"',
    ),
    *(
        (
            {"kind": "event", "partitions": value},
            ("partitions",),
            f"partitions has to be a whole number, at least 1, not {text}",
            "write it like 8",
        )
        for value, text in [(0, "0"), (-3, "-3"), (8.0, "8.0"), ("8", '"8"'), (True, "true"), (None, "null")]
    ),
    (
        {"kind": "event", "compatibility": "FULL_TRANSITIV"},
        ("compatibility",),
        f'{LEVELS}, not "FULL_TRANSITIV"',
        'did you mean "FULL_TRANSITIVE"?',
    ),
    *(
        (
            {"kind": "event", "retention": value},
            ("retention",),
            f"the retention has to be an ISO 8601 duration, not {json.dumps(value, ensure_ascii=False)}",
            'write it like "P90D"',
        )
        for value in ["90 days", "P", "PT", "P1DT", "P1W2D", "P5", "P1D\n", "p1d", "P٣D", 90]
    ),
    (
        {"kind": "event", "deprecated": True},
        ("deprecated",),
        "deprecated has to be an object with since, not true",
        'write it like {"since": "2025-03-01"}',
    ),
    (
        {"kind": "event", "deprecated": {}},
        ("deprecated",),
        '"deprecated" has no "since"; since has to be a date or a version',
        'add "since": "2025-03-01" or another',
    ),
    (
        {"kind": "event", "deprecated": {"since": "last year"}},
        ("deprecated", "since"),
        'since has to be a date or a version, not "last year"',
        'write it like "2025-03-01"',
    ),
    (
        {"kind": "event", "deprecated": {"since": "1", "use": "New Thing"}},
        ("deprecated", "use"),
        'use has to be the full name of a contract, not "New Thing"',
        'write it like "insurance.customers.AddressChanged"',
    ),
    (
        {"kind": "event", "deprecated": {"since": "1", "reason": ""}},
        ("deprecated", "reason"),
        'the reason has to be a sentence, not ""',
        'write it like "It cannot say which address."',
    ),
    (
        {"kind": "event", "deprecated": {"since": "1", "useInstead": "X"}},
        ("deprecated", "useInstead"),
        '"deprecated" has no attribute "useInstead"; it may have since, use, reason',
        "remove it",
    ),
]

MARKS: list[tuple[dict[str, Any], tuple[str | int, ...], str, str]] = [
    (
        {"deprecated": "yes"},
        ("deprecated",),
        'deprecated has to be an object with since, or true, not "yes"',
        'write it like {"since": "2025-03-01"}',
    ),
    (
        {"deprecated": {"since": "2", "use": "b-c"}},
        ("deprecated", "use"),
        f'use {PATH}, not "b-c"',
        'write it like "preferences"',
    ),
    (
        {"sensitive": True},
        ("sensitive",),
        "sensitive has to be an object with the readers, not true",
        'write it like {"readers": ["claims"]}',
    ),
    (
        {"sensitive": {"reader": ["claims"]}},
        ("sensitive", "reader"),
        '"sensitive" has no attribute "reader"; it may have readers',
        'did you mean "readers"?',
    ),
    *(
        (
            {"sensitive": {"readers": value}},
            ("sensitive", "readers"),
            f"{READERS}, not {json.dumps(value)}",
            'write it like ["claims"]',
        )
        for value in [[], ["claims", "claims"], "claims"]
    ),
    (
        {"sensitive": {"readers": ["claims", "Billing"]}},
        ("sensitive", "readers", 1),
        f'a reader {SERVICE}, not "Billing"',
        'write it like "claims"',
    ),
]

VALID_CONTRACTS = [
    {"kind": "command"},
    FULL,
    {**FULL, "partitions": 1, "key": "id", "owner": "e-mail_2", "channel": "a"},
    *({"kind": kind} for kind in ("event", "query", "answer", "snapshot", "document")),
    *({"kind": "event", "retention": text} for text in ("P1Y2M3DT4H5M6S", "PT15M", "P2W", "P0D", "P1M")),
    *({"kind": "event", "deprecated": {"since": text}} for text in ("2", "v1.4", "1.2.3", "2024-12-31")),
]
VALID_MARKS = [
    {},
    {"deprecated": {"since": "2025-03-01", "use": "after.address"}},
    {"sensitive": {"readers": ["claims", "e-mail"]}},
    {"pii": True, "order-hint": [1]},
]


@pytest.mark.parametrize(("contract", "at", "message", "fix"), CONTRACTS)
def test_a_wrong_contract_is_explained(contract: Any, at: Any, message: str, fix: str) -> None:
    assert found(contract) == [(("contract", *at), message, fix)]


@pytest.mark.parametrize(("marks", "at", "message", "fix"), MARKS)
def test_a_wrong_mark_is_explained(marks: dict[str, Any], at: Any, message: str, fix: str) -> None:
    assert found({"kind": "event"}, **marks) == [(("fields", 1, *at), message, fix)]


@pytest.mark.parametrize("contract", VALID_CONTRACTS)
def test_a_right_contract_passes(contract: Any) -> None:
    assert found(contract) == []


@pytest.mark.parametrize("marks", VALID_MARKS)
def test_right_marks_and_those_of_others_pass(marks: dict[str, Any]) -> None:
    assert found({"kind": "event"}, **marks) == []


def test_a_record_without_contract_is_a_plain_type() -> None:
    assert list(metadata.problems(Record("R", ()))) == []


def test_every_fault_is_reported_and_the_path_starts_at_the_record() -> None:
    field = {"name": "inner", "type": record_json({"kind": "event", "partitions": 0, "key": ""})}
    outer = parse({"type": "record", "name": "Outer", "fields": [field]})
    assert isinstance(outer, Record) and isinstance(inner := outer.fields[0].type, Record)
    assert [at for at, _, _ in metadata.problems(inner)] == [
        ("contract", "key"),
        ("contract", "partitions"),
        ("fields", 0, "sensitive", "readers"),
    ]


def record_json(contract: Any) -> dict[str, Any]:
    field = {"name": "a", "type": "int", "sensitive": {"readers": []}}
    return {"type": "record", "name": "Inner", "contract": contract, "fields": [field]}


# Validity is decided by structs and explained by JSON Schema, so both have to be of one mind.

SHAPES: dict[str, type[Struct]] = {
    "contract.schema.json": metadata.Contract,
    "field.schema.json": metadata.Marks,
}


def both(file: str, value: Any) -> tuple[bool, bool]:
    return metadata.fits(value, SHAPES[file]), metadata.validator(file).is_valid(value)


@pytest.mark.parametrize(
    ("file", "value", "valid"),
    [
        *(("contract.schema.json", value, True) for value in VALID_CONTRACTS),
        *(("contract.schema.json", row[0], False) for row in CONTRACTS),
        *(("field.schema.json", value, True) for value in VALID_MARKS),
        *(("field.schema.json", row[0], False) for row in MARKS),
    ],
)
def test_structs_and_json_schema_agree_on_the_tables(file: str, value: Any, valid: bool) -> None:
    assert both(file, value) == (valid, valid)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
NAMES = st.sampled_from(["customers", "e-mail_2", "a-", "-a", "A", "a.b", "a_.B9", "a..b", ".a", "a\n", "ä", ""])
DATES = st.sampled_from(["2025-03-01", "2025-13-01", "2025-3-1", "v1", "1.2", "1.", "v", "1\n", "٣"])
DURATIONS = st.from_regex(r"\AP?([0-9]?[YMWDTHS]|[0-9]){0,5}\n?\Z")
DEPRECATED = st.fixed_dictionaries(
    {},
    optional={"since": DATES | ANYTHING, "use": NAMES | ANYTHING, "reason": NAMES | ANYTHING, "if": ANYTHING},
)
CONTRACT = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["event", "command", "query", "answer", "snapshot", "document", "x"]) | ANYTHING,
        "pattern": st.sampled_from(["notification", "state-transfer", "sourced", "x"]) | ANYTHING,
        "owner": NAMES | ANYTHING,
        "channel": NAMES | ANYTHING,
        "key": NAMES | ANYTHING,
        "partitions": st.integers(-2, 3) | st.integers() | st.sampled_from([8.0, 1e300, True]) | ANYTHING,
        "compatibility": st.sampled_from(["NONE", "FULL_TRANSITIVE", "FULL", "full"]) | ANYTHING,
        "retention": DURATIONS | ANYTHING,
        "deprecated": DEPRECATED | ANYTHING,
        "other": ANYTHING,
    },
)
MARK = st.fixed_dictionaries(
    {},
    optional={
        "deprecated": DEPRECATED | ANYTHING,
        "sensitive": st.fixed_dictionaries({}, optional={"readers": st.lists(NAMES, max_size=3) | ANYTHING}) | ANYTHING,
        "other": ANYTHING,
    },
)
KEPT = st.sets(st.sampled_from([key for key in FULL if key != "kind"]))


@given(CONTRACT | ANYTHING)
def test_structs_and_json_schema_agree_on_contracts(value: Any) -> None:
    fast, full = both("contract.schema.json", value)
    assert fast == full


@given(KEPT, st.sampled_from(list(FULL)), CONTRACT)
def test_they_agree_on_contracts_with_one_attribute_replaced(kept: set[str], key: str, drawn: Any) -> None:
    value = {name: FULL[name] for name in FULL if name == "kind" or name in kept}
    value |= {key: drawn[key]} if key in drawn else {}
    fast, full = both("contract.schema.json", value)
    assert fast == full


@given(MARK | ANYTHING.filter(lambda value: isinstance(value, dict)))
def test_structs_and_json_schema_agree_on_marks(value: Any) -> None:
    fast, full = both("field.schema.json", value)
    assert fast == full


@given(CONTRACT | ANYTHING, MARK)
def test_whatever_is_refused_is_explained(contract: Any, marks: dict[str, Any]) -> None:
    wrong = found(contract, **marks)
    assert any(at[0] == "contract" for at, _, _ in wrong) != both("contract.schema.json", contract)[0]
    assert any(at[0] == "fields" for at, _, _ in wrong) != both("field.schema.json", marks)[0]
    assert all(message and fix for _, message, fix in wrong)


# Cost: a thousand right contracts are looked at without loading jsonschema.


def test_right_contracts_do_not_load_jsonschema() -> None:
    code = (
        "import sys; from avow.load import metadata; from avow.runtime.parse import parse;"
        f"r = parse({record_json(FULL) | {'fields': []}!r}); assert not list(metadata.problems(r));"
        "print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_right_contract_costs_little() -> None:
    node = record(FULL, sensitive={"readers": ["claims"]})
    assert not list(metadata.problems(node))  # msgspec compiles the structs once
    assert calls(lambda: list(metadata.problems(node))) < 100


@pytest.mark.parametrize("file", list(SHAPES))
def test_each_rule_brings_what_messages_and_editors_need(file: str) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(Path(metadata.__file__).with_name(file).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for rule in rules(schema):
        assert {"title", "description", "errorMessage", "examples"} <= set(rule), rule


def rules(schema: dict[str, Any]) -> list[dict[str, Any]]:
    own = list(schema.get("properties", {}).values())
    return own + [inner for rule in own for inner in rules(rule)]
