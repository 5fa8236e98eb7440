"""What users of a generated package rely on: functions, framings and errors, on the insurance domain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from tests.support import oracle
from tests.support.domain import make_domain
from tests.support.generated import Generated

Change = Callable[[Any], Any]


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return make_domain(tmp_path_factory.mktemp("domain"))


@pytest.fixture(scope="module")
def contracts(domain: Generated) -> Any:
    return domain.package


@pytest.fixture(scope="module")
def changed(contracts: Any) -> Any:
    """An event."""
    return contracts.testing.sample(contracts.customers.AddressChanged, address=None, contact=None)


@pytest.fixture(scope="module")
def quote(contracts: Any) -> Any:
    """An event with unions, lists, maps and decimals."""
    return contracts.testing.sample(contracts.quoting.Quote)


def _refusal(call: Callable[[], Any], error: type[Exception]) -> Any:
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    return caught.value


# What does not fit

CHANGED = "insurance.customers.AddressChanged"
REFUSED_CHANGES: dict[str, tuple[str, Any, str, str]] = {
    "text for a UUID": ("customer_id", "7d44", "customer_id", "expected UUID, got str '7d44'"),
    "a bool for a long": ("customer_version", True, "customer_version", "expected int, got True"),
    "a float for a long": ("customer_version", 1.0, "customer_version", "expected int, got float 1.0"),
    "None for a long": ("customer_version", None, "customer_version", "expected int, got None"),
    "no long": (
        "customer_version",
        2**63,
        "customer_version",
        "int 9223372036854775808 does not fit long (-9223372036854775808 to 9223372036854775807)",
    ),
    "no int by far": (
        "customer_version",
        10**400,
        "customer_version",
        "an int of more than 128 bits does not fit long (-9223372036854775808 to 9223372036854775807)",
    ),
    "a tuple for a list": ("changed", (), "changed", "expected list, got tuple ()"),
    "text for an enum": ("changed", ["STREET"], "changed[0]", "expected AddressPart, got str 'STREET'"),
    "a datetime for a date": (
        "effective_on",
        dt.datetime(2020, 1, 1),
        "effective_on",
        "expected date, got datetime datetime.datetime(2020, 1, 1, 0, 0)",
    ),
    "a naive moment": (
        "occurred_at",
        dt.datetime(2020, 1, 1),
        "occurred_at",
        "2020-01-01 00:00:00 has no time zone; a timestamp needs one",
    ),
    "a moment before year 1": (
        "occurred_at",
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        "occurred_at",
        "0001-01-01 00:00:00+01:00 lies outside the years 1 to 9999 in UTC",
    ),
}


@pytest.mark.parametrize("case", REFUSED_CHANGES)
def test_a_value_that_does_not_fit_is_refused(contracts: Any, changed: Any, case: str) -> None:
    field, value, path, reason = REFUSED_CHANGES[case]
    event = replace(changed, **{field: value})
    framing = contracts.framing
    calls: tuple[Change, ...] = (
        contracts.encode,
        framing.single_object.encode,
        framing.bare.encode,
        lambda event: framing.confluent.encode(event, 1),
    )
    for call in calls:
        error = _refusal(lambda call=call: call(event), contracts.EncodeError)  # type: ignore[misc]
        assert str(error) == f"{CHANGED}.{path}: {reason}"
        assert (error.type_name, error.path, error.reason) == (CHANGED, path, reason)


QUOTE = "insurance.quoting.Quote"
REFUSED_QUOTES: dict[str, tuple[Callable[[Any, Any], dict[str, Any]], str]] = {
    "a fraction of a penny": (
        lambda _, quote: {"premium": replace(quote.premium, amount=Decimal("1.005"))},
        f"{QUOTE}.premium.amount: 1.005 has more than 2 digits after the point",
    ),
    "more money than there is": (
        lambda _, quote: {"premium": replace(quote.premium, amount=Decimal("1E+30"))},
        f"{QUOTE}.premium.amount: 1E+30 has more than 16 digits before the point",
    ),
    "NaN": (
        lambda _, quote: {"premium": replace(quote.premium, amount=Decimal("NaN"))},
        f"{QUOTE}.premium.amount: NaN is not a finite decimal",
    ),
    "a float for a decimal": (
        lambda _, quote: {"premium": replace(quote.premium, amount=1.5)},
        f"{QUOTE}.premium.amount: expected Decimal, got float 1.5",
    ),
    "an item without part": (
        lambda _, quote: {"lines": [*quote.lines, replace(quote.lines[0], premium=None)]},
        f"{QUOTE}.lines[1].premium: expected Money, got None",
    ),
    "an entry of another type": (
        lambda _, quote: {"factors": {"age": 5}},
        f"{QUOTE}.factors['age']: expected RatingFactor, got int 5",
    ),
    "a key that is no text": (
        lambda _, quote: {"factors": {5: next(iter(quote.factors.values()))}},
        f"{QUOTE}.factors['5']: a map's key is int 5, not str",
    ),
    "half of a surrogate pair": (
        lambda _, quote: {"lines": [replace(quote.lines[0], label="a\ud800")]},
        f"{QUOTE}.lines[0].label: character 1 is half of a surrogate pair, which UTF-8 cannot hold",
    ),
    "no branch": (
        lambda _, quote: {"subject": None},
        f"{QUOTE}.subject: None fits no branch of the union (insurance.policies.House, insurance.policies.Vehicle,"
        " insurance.policies.Person)",
    ),
    "a branch with a fault": (
        lambda contracts, quote: {
            "subject": contracts.testing.sample(contracts.policies.Vehicle).__class__(
                *[None] * len(contracts.policies.Vehicle.__struct_fields__)
            )
        },
        f"{QUOTE}.subject.registration: expected str, got None",
    ),
}


@pytest.mark.parametrize("case", REFUSED_QUOTES)
def test_the_path_leads_to_what_does_not_fit(contracts: Any, quote: Any, case: str) -> None:
    change, message = REFUSED_QUOTES[case]
    event = replace(quote, **change(contracts, quote))
    assert str(_refusal(lambda: contracts.encode(event), contracts.EncodeError)) == message


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda _: None, "NoneType"),
        (lambda _: {"a": 1}, "dict"),
        (lambda _: 5, "int"),
        (lambda contracts: contracts.customers.AddressChanged, "StructMeta"),
        (lambda contracts: contracts.Duration(), "Duration"),
        (lambda contracts: contracts.Record(), "Record"),
    ],
)
def test_what_is_no_event_is_not_encoded(contracts: Any, make: Change, name: str) -> None:
    framing, thing = contracts.framing, make(contracts)
    for call in (
        contracts.encode,
        contracts.to_json,
        framing.bare.encode,
        lambda event: framing.confluent.encode(event, 1),
    ):
        error = _refusal(lambda call=call: call(thing), contracts.EncodeError)  # type: ignore[misc]
        assert str(error) == f"{name}: {name} is no class of contracts"


def test_a_subclass_of_an_event_is_no_event(contracts: Any, changed: Any) -> None:
    class Later(type(changed)):  # type: ignore[misc]
        pass

    values = [getattr(changed, name) for name in changed.__struct_fields__]
    error = _refusal(lambda: contracts.encode(Later(*values)), contracts.EncodeError)
    assert str(error).endswith(".Later is no class of contracts")


# Bytes

REFUSED_BYTES: dict[str, tuple[Callable[[bytes], Any], str, int | None]] = {
    "nothing": (lambda _: b"", "message (byte 0): not a single-object message: it begins with nothing, not c301", 0),
    "one byte": (
        lambda m: m[:1],
        "message (byte 0): not a single-object message: it begins with c3, not c301",
        0,
    ),
    "half a header": (lambda m: m[:5], "message (byte 0): 5 of the header's 10 bytes are there", 0),
    "a header": (lambda m: m[:10], f"{CHANGED}.customer_id (byte 10): the bytes end inside a number", 10),
    "half a UUID": (
        lambda m: m[:20],
        f"{CHANGED}.customer_id (byte 11): 36 bytes are claimed and 9 are left",
        11,
    ),
    "no UUID": (
        lambda m: m[:11] + b"z" * 36 + m[47:],
        f"{CHANGED}.customer_id (byte 10): 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' is not a UUID",
        10,
    ),
    "no UTF-8": (
        lambda m: m[:11] + b"\xff" * 36 + m[47:],
        f"{CHANGED}.customer_id (byte 10): not UTF-8: invalid start byte",
        10,
    ),
    "an unknown symbol": (lambda m: m[:49] + b"\x7e" + m[50:], f"{CHANGED}.changed[0] (byte 49): symbol 63 of 5", 49),
    "no end": (lambda m: m[:-1], f"{CHANGED}.occurred_at (byte 56): the bytes end inside a number", 56),
    "one byte more": (lambda m: m + b"\0", f"{CHANGED} (byte 64): 1 byte behind the value", 64),
    "two bytes more": (lambda m: m + b"\0\0", f"{CHANGED} (byte 64): 2 bytes behind the value", 64),
    "other bytes": (
        lambda _: b"hello, world",
        "message (byte 0): not a single-object message: it begins with 6865, not c301",
        0,
    ),
    "text": (lambda _: "hello", "message: expected bytes, got str", None),
    "None": (lambda _: None, "message: expected bytes, got NoneType", None),
    "a list": (lambda m: list(m), "message: expected bytes, got list", None),
}


@pytest.mark.parametrize("case", REFUSED_BYTES)
def test_bytes_that_are_no_event_are_refused(contracts: Any, changed: Any, case: str) -> None:
    spoil, message, offset = REFUSED_BYTES[case]
    data = spoil(contracts.encode(changed))
    error = _refusal(lambda: contracts.decode(data), contracts.DecodeError)
    assert (str(error), error.offset) == (message, offset)
    with_class = _refusal(lambda: contracts.decode(data, type(changed)), contracts.DecodeError)
    assert str(with_class) == message


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda data: memoryview(bytearray(b"x" + data))[1:]])
def test_any_buffer_is_read_and_none_ends_up_in_the_event(contracts: Any, kind: Change) -> None:
    document = contracts.testing.sample(contracts.shared.DocumentRef)
    framing = contracts.framing
    numbered = framing.confluent.encode(document, 7)
    for _ in range(2):  # the second time the decoder is known
        found = (
            contracts.decode(kind(contracts.encode(document))),
            framing.bare.decode(kind(framing.bare.encode(document)), type(document)),
            framing.confluent.decode(kind(numbered), schemas={7: type(document)}),
        )
        assert all(oracle.same(event, document) for event in found)


def test_a_message_of_another_type_is_refused(contracts: Any, changed: Any, quote: Any) -> None:
    message = f"{QUOTE}: the message is of type {CHANGED}"
    error = _refusal(lambda: contracts.decode(contracts.encode(changed), type(quote)), contracts.DecodeError)
    assert (str(error), error.offset) == (message, None)
    numbered = contracts.framing.confluent.encode(changed, 7)
    decode = contracts.framing.confluent.decode
    error = _refusal(lambda: decode(numbered, type(quote), schemas={7: type(changed)}), contracts.DecodeError)
    assert str(error) == message


def test_a_message_that_holds_a_fixed_is_of_no_class(contracts: Any, domain: Generated, changed: Any) -> None:
    (number,) = (number for number, name in domain.registry.roots.items() if name == "insurance.shared.Sha256")
    data = b"\xc3\x01" + number.to_bytes(8, "little") + bytes(range(32))
    assert contracts.decode(data) == bytes(range(32))
    error = _refusal(lambda: contracts.decode(data, type(changed)), contracts.DecodeError)
    assert str(error) == f"{CHANGED}: the message is of type bytes"


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda _: int, "int"),
        (lambda contracts: contracts.Record, "Record"),
        (lambda contracts: contracts.Duration, "Duration"),
        (lambda contracts: contracts.framing.bare, "<contracts._runtime.framing.Bare object at 0x"),
        (lambda _: "AddressChanged", "'AddressChanged'"),
        (lambda contracts: contracts.policies.House | None, "contracts.policies._House.House | None"),
    ],
)
def test_a_class_of_no_schema_is_the_caller_s_mistake(contracts: Any, changed: Any, make: Change, shown: str) -> None:
    framing, class_ = contracts.framing, make(contracts)
    calls = (
        lambda: contracts.decode(contracts.encode(changed), class_),
        lambda: framing.bare.decode(b"", class_),
        lambda: framing.confluent.decode(b"\0\0\0\0\7", schemas={7: class_ if class_ != "AddressChanged" else 5}),
        lambda: contracts.from_json(class_, "{}"),
        lambda: contracts.testing.sample(class_),
    )
    for call in calls:
        assert str(_refusal(call, TypeError)).endswith(" is no class of contracts")
    assert str(_refusal(calls[0], TypeError)).startswith(shown)


def test_enums_are_events_too(contracts: Any) -> None:
    pound, framing = contracts.shared.Currency.GBP, contracts.framing
    assert contracts.decode(contracts.encode(pound)) is pound
    assert framing.bare.decode(b"\x02", contracts.shared.Currency) is pound
    error = _refusal(lambda: framing.bare.decode(b"\x7f\x01", contracts.shared.Currency), contracts.DecodeError)
    assert str(error) == "insurance.shared.Currency (byte 0): symbol -64 of 5"


# Confluent's framing


@pytest.mark.parametrize("schema_id", [0, 42, 2**32 - 1])
def test_the_schema_id_stands_in_front(contracts: Any, changed: Any, schema_id: int) -> None:
    confluent = contracts.framing.confluent
    message = confluent.encode(changed, schema_id)
    assert message == b"\0" + schema_id.to_bytes(4, "big") + contracts.framing.bare.encode(changed)
    text = contracts._codecs.customers.AddressChanged.SCHEMA
    for options in (
        {"schemas": {schema_id: type(changed)}},
        {"schemas": {schema_id: text}},
        {"resolver": {schema_id: text}.get},
        {"schemas": {schema_id + 1: type(changed)}, "resolver": {schema_id: text}.get},
    ):
        assert confluent.decode(message, **options) == changed
        assert confluent.decode(message, type(changed), **options) == changed


@pytest.mark.parametrize("schema_id", [-1, 2**32, "1", True, 1.0, None])
def test_what_is_no_schema_id_is_refused(contracts: Any, changed: Any, schema_id: Any) -> None:
    error = _refusal(lambda: contracts.framing.confluent.encode(changed, schema_id), contracts.EncodeError)
    assert str(error) == f"schema id: {schema_id!r} is not a whole number from 0 to 4294967295"


@pytest.mark.parametrize("options", [{}, {"schemas": {}}, {"resolver": lambda number: None}])
def test_a_schema_id_that_nobody_knows_is_refused(contracts: Any, changed: Any, options: Any) -> None:
    confluent = contracts.framing.confluent
    message = confluent.encode(changed, 42)
    error = _refusal(lambda: confluent.decode(message, **options), contracts.UnknownSchemaError)
    assert str(error) == "schema id 42: neither the given schemas nor a resolver know it"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "message (byte 0): not in Confluent's wire format: it begins with nothing, not 00"),
        (b"\0\0\0\0", "message (byte 0): not in Confluent's wire format: 4 of the header's 5 bytes are there"),
        (b"\xc3\x01" * 9, "message (byte 0): not in Confluent's wire format: it begins with c3, not 00"),
        ("text", "message: expected bytes, got str"),
    ],
)
def test_what_is_not_confluent_is_refused(contracts: Any, data: Any, message: str) -> None:
    assert str(_refusal(lambda: contracts.framing.confluent.decode(data), contracts.DecodeError)) == message
