"""Writers that a generated package does not know: a resolver gives their schema, and today's class is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from tests.support import oracle
from tests.support.build import enum, optional, record
from tests.support.domain import make_domain
from tests.support.inline import bare

from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.parse import parse

Json = Any
NUMBER = 0x0101010101010101
UNKNOWN = b"\xc3\x01" + NUMBER.to_bytes(8, "little")
NOBODY = "fingerprint 0x0101010101010101: no schema of the package has it, and"


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return make_domain(tmp_path_factory.mktemp("domain")).package


def _message(schema: Json, value: Any) -> tuple[bytes, dict[int, str]]:
    """A message by fastavro, with the answer to who wrote it."""
    number = fingerprint(canonical_form(parse(schema)))
    return b"\xc3\x01" + number.to_bytes(8, "little") + oracle.write(bare(schema), value), {number: json.dumps(schema)}


def _address(*fields: Json) -> Json:
    return record("insurance.shared.Address", *fields)


LINE, CITY, CODE = ("line_1", "string"), ("city", "string"), ("postcode", "string")
OLD = {"line_1": "12 High St", "city": "York", "postcode": "YO1 7HU"}
PLAIN = {**OLD, "line_2": None, "country": "GB"}
EXTRA = record("Geo", ("lat", "double"), ("tags", {"type": "map", "values": {"type": "array", "items": "bytes"}}))
ADDRESSES: dict[str, tuple[Json, dict[str, Any], dict[str, Any]]] = {
    "fields were added since": (_address(LINE, CITY, CODE), OLD, PLAIN),
    "fields have moved": (_address(CODE, LINE, CITY), OLD, PLAIN),
    "a field was removed since": (
        _address(LINE, ("geo", optional(EXTRA)), CITY, CODE),
        {**OLD, "geo": {"lat": 1.5, "tags": {"a": [b"x", b""]}}},
        PLAIN,
    ),
    "a field was renamed": (
        _address(LINE, CITY, ("postal_code", "string")),
        {"line_1": "12 High St", "city": "York", "postal_code": "YO1 7HU"},
        PLAIN,
    ),
    "bytes became a string": (_address(("line_1", "bytes"), CITY, CODE), {**OLD, "line_1": b"12 High St"}, PLAIN),
    "a field became optional": (
        _address(LINE, CITY, CODE, ("line_2", "string")),
        {**OLD, "line_2": "Flat 3"},
        {**PLAIN, "line_2": "Flat 3"},
    ),
    "the other branch came first": (
        _address(LINE, CITY, CODE, ("line_2", ["string", "null"])),
        {**OLD, "line_2": None},
        PLAIN,
    ),
    "another namespace": (record("legacy.Address", LINE, CITY, CODE), OLD, PLAIN),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_an_older_writer_is_read_as_the_class_of_today(contracts: Any, case: str) -> None:
    schema, value, expected = ADDRESSES[case]
    message, known = _message(schema, value)
    class_ = contracts.shared.Address
    address = contracts.decode(message, class_, resolver=known.get)
    assert type(address) is class_
    assert address == class_(**expected)
    (text,) = known.values()
    framing = contracts.framing
    assert framing.bare.decode(message[10:], class_, text) == address
    assert framing.confluent.decode(b"\0\0\0\0\7" + message[10:], class_, schemas={7: text}) == address
    assert framing.confluent.decode(b"\0\0\0\0\7" + message[10:], class_, resolver=lambda _: text) == address


@pytest.mark.parametrize("written", ["int", "long", "float"])
def test_numbers_are_promoted(contracts: Any, written: str) -> None:
    schema = record(
        "insurance.claims.AssessmentNode", ("question", "string"), ("finding", "string"), ("confidence", written)
    )
    message, known = _message(schema, {"question": "Why?", "finding": "So.", "confidence": 3})
    found = contracts.decode(message, resolver=known.get)
    expected = contracts.claims.AssessmentNode(question="Why?", finding="So.", confidence=3.0)
    assert oracle.same(found, expected)


def test_a_symbol_of_yesterday_becomes_the_default(contracts: Any) -> None:
    currency = enum("insurance.shared.Currency", "GBP", "DEM", "EUR")
    schema = record(
        "insurance.shared.Money",
        ("amount", {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 2}),
        ("currency", currency),
    )
    found = {}
    for symbol in currency["symbols"]:
        message, known = _message(schema, {"amount": b"\x04\xd2", "currency": symbol})
        found[symbol] = contracts.decode(message, resolver=known.get).currency.name
    assert found == {"GBP": "GBP", "DEM": "XXX", "EUR": "EUR"}


def test_the_writer_s_name_or_an_alias_decides_the_class(contracts: Any) -> None:
    bounced = contracts.testing.sample(contracts.communications.EmailBounced, status="5.1.1")
    schema = json.loads(contracts._codecs.communications.EmailBounced.SCHEMA)
    schema["name"] = "insurance.communications.EmailRejected"
    schema["fields"][3] = {"name": "smtp_status", "type": ["null", "string"]}
    body = contracts.framing.bare.encode(bounced)
    text = json.dumps(schema)
    number = fingerprint(canonical_form(parse(schema)))
    message = b"\xc3\x01" + number.to_bytes(8, "little") + body
    assert contracts.decode(message, resolver={number: text}.get) == bounced
    assert contracts.framing.confluent.decode(b"\0\0\0\0\1" + body, schemas={1: text}) == bounced


FIT_NOT: dict[str, tuple[Json, str]] = {
    "a field is missing": (
        _address(LINE, CITY),
        'insurance.shared.Address (byte 10): the reader\'s field "postcode" has no default and the writer does not'
        " write it",
    ),
    "a type has changed": (
        _address(LINE, ("city", "int"), CODE),
        "insurance.shared.Address.city (byte 11): the writer wrote int, the reader expects string",
    ),
    "two fields became one": (
        _address(LINE, ("city", ["string", "int"]), CODE),
        "insurance.shared.Address.city (byte 12): the writer wrote int, the reader expects string",
    ),
    "another record": (
        record("insurance.shared.Adress", LINE, CITY, CODE),
        "insurance.shared.Address (byte 10): the writer's record is insurance.shared.Adress, the reader's"
        " insurance.shared.Address has no such name or alias",
    ),
    "no record": (
        "string",
        "insurance.shared.Address (byte 10): the writer wrote string, the reader expects insurance.shared.Address",
    ),
}


@pytest.mark.parametrize("case", FIT_NOT)
def test_a_writer_that_does_not_fit_is_refused(contracts: Any, case: str) -> None:
    schema, message = FIT_NOT[case]
    number = fingerprint(canonical_form(parse(schema)))
    data = b"\xc3\x01" + number.to_bytes(8, "little") + b"\0\2\0\0\0\0\0"
    with pytest.raises(contracts.DecodeError) as caught:
        contracts.decode(data, contracts.shared.Address, resolver=lambda _: json.dumps(schema))
    assert str(caught.value) == message


def test_a_writer_of_no_type_of_the_package_needs_a_class(contracts: Any) -> None:
    message, known = _message(record("legacy.Place", LINE, CITY, CODE), OLD)
    with pytest.raises(contracts.DecodeError) as caught:
        contracts.decode(message, resolver=known.get)
    reason = "no type of the package has this name or alias; give the class to read it as"
    assert str(caught.value) == f"legacy.Place: {reason}"


# Resolvers that do not help

USELESS: dict[str, tuple[Callable[[int], Any] | None, str]] = {
    "none": (None, f"{NOBODY} no resolver was given"),
    "one that knows nothing": (lambda _: None, f"{NOBODY} the resolver does not know it"),
    "another schema": (
        lambda _: '"int"',
        "fingerprint 0x0101010101010101: the resolver gave a schema whose fingerprint is 0x7275d51a3f395c8f",
    ),
    "no JSON": (
        lambda _: '{"type": "record",}',
        "the writer's schema: not a valid schema: not JSON: Expecting property name enclosed in double quotes:"
        " line 1 column 19 (char 18)",
    ),
    "nothing": (
        lambda _: "",
        "the writer's schema: not a valid schema: not JSON: Expecting value: line 1 column 1 (char 0)",
    ),
    "no schema": (
        lambda _: '{"type": "recrod", "name": "R"}',
        'the writer\'s schema: not a valid schema: UNKNOWN_TYPE type: "recrod" is not defined',
    ),
}


@pytest.mark.parametrize("case", USELESS)
def test_a_resolver_that_does_not_help(contracts: Any, case: str) -> None:
    resolver, message = USELESS[case]
    for class_ in (None, contracts.shared.Address):
        with pytest.raises(contracts.UnknownSchemaError) as caught:
            contracts.decode(UNKNOWN + b"\2", class_, resolver=resolver)
        assert str(caught.value) == message


@pytest.mark.parametrize("text", ["", "[", "nonsense"])
def test_a_writer_that_is_no_schema_is_refused_in_every_framing(contracts: Any, text: str) -> None:
    framing, class_ = contracts.framing, contracts.shared.Address
    calls = (
        lambda: framing.bare.decode(b"", class_, text),
        lambda: framing.confluent.decode(b"\0\0\0\0\1", schemas={1: text}),
        lambda: framing.confluent.decode(b"\0\0\0\0\1", class_, resolver=lambda _: text),
    )
    for call in calls:
        with pytest.raises(contracts.UnknownSchemaError, match=r"^the writer's schema: not a valid schema: "):
            call()


@pytest.mark.parametrize("text", [b'"int"', {"type": "int"}, 5])
def test_a_resolver_that_gives_no_text_is_the_caller_s_mistake(contracts: Any, text: Any) -> None:
    with pytest.raises(TypeError) as caught:
        contracts.decode(UNKNOWN, resolver=lambda _: text)
    assert str(caught.value) == f"a writer's schema is text, got {type(text).__name__}"


def test_what_a_resolver_raises_goes_through(contracts: Any) -> None:
    def resolver(number: int) -> str:
        raise ConnectionError(f"no registry for {number:#x}")

    with pytest.raises(ConnectionError, match=r"^no registry for 0x101010101010101$"):
        contracts.decode(UNKNOWN, resolver=resolver)


def test_a_known_writer_needs_no_resolver(contracts: Any) -> None:
    address = contracts.testing.sample(contracts.shared.Address)
    asked: list[int] = []
    assert contracts.decode(contracts.encode(address), resolver=asked.append) == address
    assert contracts.decode(contracts.encode(replace(address, city="Leeds")), resolver=asked.append).city == "Leeds"
    assert asked == []


def test_many_writers_do_not_fill_memory(contracts: Any) -> None:
    reference = contracts._api.registry.reference
    for number in range(600):
        schema = _address(LINE, CITY, CODE, (f"extra_{number}", "null"))
        message, known = _message(schema, {**OLD, f"extra_{number}": None})
        assert contracts.decode(message, resolver=known.get).city == "York"
    assert max(len(reference._writers), len(reference._plans)) <= 256
