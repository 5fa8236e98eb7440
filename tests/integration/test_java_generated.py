"""Messages of generated packages and of Avro for Java: each reads what the other writes, as the same values."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.support import oracle
from tests.support.build import array, record
from tests.support.generated import Generated, drawn_package
from tests.support.java import Java, plain, result
from tests.support.schemas import Options, random_schema, random_value

from avow.runtime.canonical import canonical_form, fingerprint, inlined
from avow.runtime.parse import parse
from avow.runtime.schema import Record

SCHEMAS, VALUES = 40, 10
NO_BARE = Options(bare_inside=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@pytest.mark.parametrize("seed", range(SCHEMAS))
def test_single_object_messages(java: Java, folder: Path, seed: int) -> None:
    generated, type_, rng = drawn_package(folder, Random(seed))
    values = [random_value(type_, rng, generated.registry.class_of) for _ in range(VALUES)]
    messages = [generated.package.encode(value) for value in values]
    schema = json.dumps(inlined(type_))
    answer = java.ask({"ask": "message", "schema": schema, "data": [message.hex() for message in messages]})
    for value, message, outcome in zip(values, messages, answer["messages"], strict=True):
        assert oracle.same(plain(result(outcome)), oracle.to_raw(type_, value)), (schema, message.hex())
        back = generated.package.decode(bytes.fromhex(outcome["again"]))
        assert oracle.same(back, generated.package.decode(message)), (schema, outcome["again"])


def test_fingerprints(java: Java, folder: Path) -> None:
    generated, type_, rng = drawn_package(folder, Random("fingerprints"))
    message = generated.package.encode(_value(generated, type_, rng))
    found = bytes.fromhex(_described(java, inlined(type_))["fingerprint"])
    assert message[:10] == b"\xc3\x01" + found[::-1]


def test_canonical_forms_of_drawn_schemas(java: Java) -> None:
    rng = Random("canonical forms")
    for schema in (random_schema(rng, NO_BARE) for _ in range(1_000)):
        assert _described(java, schema) == _form(schema), schema


def _described(java: Java, schema: Any) -> Any:
    return java.ask({"ask": "describe", "schema": json.dumps(schema)})


def _form(schema: Any) -> Any:
    form = canonical_form(parse(schema))
    return {"canonical": form, "fingerprint": f"{fingerprint(form):016x}"}


def test_java_takes_a_type_without_namespace_for_one_that_is_not_done(java: Java) -> None:
    """Why no bare types are drawn: by the specification a short name is one of the namespace around it."""
    bare = record("T", ("x", "int"), namespace="")
    short, full = (record("a.T", ("bare", bare), ("self", array(name))) for name in ("T", "a.T"))
    assert _form(short) == _form(full) == _described(java, full) != _described(java, short)


def test_a_damaged_message_is_refused(java: Java, folder: Path) -> None:
    """Of another schema, cut short, with a byte behind it: no test of messages that could not fail."""
    generated, type_, rng = drawn_package(folder, Random("damaged"))
    message = generated.package.encode(_value(generated, type_, rng))
    wrong = (message[:3] + bytes(7) + message[10:], message[:-1], message + b"\0")
    schema = json.dumps(inlined(type_))
    answer = java.ask({"ask": "message", "schema": schema, "data": [data.hex() for data in wrong]})
    assert [each["error"].rpartition(".")[2] for each in answer["messages"]] == [
        "MissingSchemaException",
        "AvroRuntimeException",
        "IOException",
    ]


def _value(generated: Generated, type_: Record, rng: Random) -> Any:
    return random_value(type_, rng, generated.registry.class_of)
