"""Generated classes as Python objects: immutable, comparable, picklable, and as helpful as may be."""

from __future__ import annotations

import copy
import enum
import pickle
import sys
import typing
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from tests.support import oracle
from tests.support.domain import make_domain
from tests.support.generated import Generated

from avow.runtime.schema import Record


@pytest.fixture(scope="module")
def domain(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return make_domain(tmp_path_factory.mktemp("domain"))


@pytest.fixture(scope="module")
def contracts(domain: Generated) -> Any:
    return domain.package


@pytest.fixture(scope="module")
def examples(domain: Generated) -> list[Any]:
    """A sample of each record of the domain."""
    records = [type_ for type_ in domain.roots() if isinstance(type_, Record)]
    found = [domain.testing.sample(domain.registry.class_of(type_.name)) for type_ in records]
    assert len(found) > 50
    return found


# Values


def test_events_are_immutable(examples: list[Any]) -> None:
    for event in examples:
        for name in event.__struct_fields__:
            for change in (lambda: setattr(event, name, None), lambda: delattr(event, name)):  # noqa: B023
                with pytest.raises(AttributeError) as caught:
                    change()
                assert str(caught.value) == f"immutable type: '{type(event).__name__}'"


def test_constructors_want_the_fields_that_have_no_default(contracts: Any) -> None:
    money = contracts.shared.Money
    for arguments, message in (
        ({}, "Missing required argument 'amount'"),
        ({"amount": Decimal(1)}, "Missing required argument 'currency'"),
        ({"amount": Decimal(1), "currency": None, "rate": 1}, "Unexpected keyword argument 'rate'"),
    ):
        with pytest.raises(TypeError) as caught:
            money(**arguments)
        assert str(caught.value) == message


def test_defaults_are_made_anew_for_each_event(contracts: Any) -> None:
    node = contracts.claims.AssessmentNode
    one, other = node(question="?", finding="!"), node(question="?", finding="!")
    one.because.append(other)
    assert (one.outcome, one.confidence, one.amount) == (contracts.claims.Outcome.UNDECIDED, 1.0, None)
    assert (len(one.because), other.because) == (1, [])


def test_events_are_compared_by_value_within_one_class(contracts: Any, examples: list[Any]) -> None:
    for event in examples:
        assert event == contracts.testing.sample(type(event))
        assert [other for other in examples if other == event] == [event]
    money = contracts.shared.Money(amount=Decimal("1.0"), currency=contracts.shared.Currency.GBP)
    assert money == replace(money, amount=Decimal("1.00")) != replace(money, amount=Decimal(2))


def test_events_are_hashable_where_their_fields_are(contracts: Any) -> None:
    shared = contracts.shared
    money = shared.Money(amount=Decimal("1.0"), currency=shared.Currency.GBP)
    assert {money, replace(money, amount=Decimal("1.00"))} == {money}
    with pytest.raises(TypeError, match=r"^unhashable type: 'list'$"):
        hash(contracts.testing.sample(contracts.customers.AddressChanged))


def test_events_are_copied_with_changes(contracts: Any) -> None:
    quote = contracts.testing.sample(contracts.quoting.Quote)
    later = replace(quote, product=contracts.shared.Product.HOME)
    assert (type(later), later.product) == (type(quote), contracts.shared.Product.HOME)
    assert replace(later, product=quote.product) == quote
    for copied in (copy.copy(quote), copy.deepcopy(quote)):
        assert copied == quote and copied is not quote
    assert copy.deepcopy(quote).product is quote.product
    assert copy.deepcopy(quote).lines[0] is not quote.lines[0]


@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace is new in Python 3.13")
def test_copy_replace_changes_events(contracts: Any) -> None:
    address = contracts.testing.sample(contracts.shared.Address)
    changed = copy.replace(address, city="York")  # type: ignore[attr-defined,unused-ignore]
    assert (changed.city, changed.postcode) == ("York", address.postcode)


def test_matching_takes_fields_by_name(contracts: Any) -> None:
    match contracts.testing.sample(contracts.shared.Address, city="York"):
        case contracts.shared.Address(city="York", country=country):
            assert country == "GB"
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_events_and_enums_are_pickled(contracts: Any, examples: list[Any], protocol: int) -> None:
    for event in examples:
        assert oracle.same(pickle.loads(pickle.dumps(event, protocol)), event)
    for thing in (*contracts.shared.Currency, contracts.customers.AddressChanged):
        assert pickle.loads(pickle.dumps(thing, protocol)) is thing
    assert pickle.loads(pickle.dumps(contracts.Duration(1, 2, 3), protocol)) == contracts.Duration(1, 2, 3)


def test_errors_are_pickled_with_what_they_know(contracts: Any) -> None:
    errors = (
        contracts.EncodeError("ns.Event", "lines[3].amount", "why"),
        contracts.DecodeError("ns.Event", "lines[3].amount", 17, "why"),
        contracts.DecodeError("message", "", None, "why"),
        contracts.UnknownSchemaError("schema id 4", "why"),
    )
    for error in errors:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
        assert isinstance(again, contracts.AvroError) and isinstance(again, ValueError)
        assert copy.copy(again).args == again.args
    assert [str(error) for error in errors] == [
        "ns.Event.lines[3].amount: why",
        "ns.Event.lines[3].amount (byte 17): why",
        "message: why",
        "schema id 4: why",
    ]
    assert issubclass(contracts.UnknownSchemaError, contracts.DecodeError)
    assert contracts.errors.DecodeError is contracts.DecodeError


def test_enums_are_those_of_python(contracts: Any) -> None:
    currency = contracts.shared.Currency
    assert [member.value for member in currency] == ["XXX", "GBP", "EUR", "CHF", "USD"]
    assert currency("GBP") is currency["GBP"] is currency.GBP and isinstance(currency.GBP, enum.Enum)
    assert (repr(currency.GBP), currency.__avro__) == ("<Currency.GBP: 'GBP'>", "insurance.shared.Currency")
    assert {currency.GBP: 1}[currency("GBP")] == 1
    with pytest.raises(ValueError, match=r"^'gbp' is not a valid Currency$"):
        currency("gbp")


def test_annotations_resolve(contracts: Any, examples: list[Any]) -> None:
    for event in examples:
        hints = typing.get_type_hints(type(event))
        assert set(event.__struct_fields__) <= set(hints)
    hints = typing.get_type_hints(contracts.quoting.Quote)
    policies, quoting = contracts.policies, contracts.quoting
    assert hints["subject"] == policies.House | policies.Vehicle | policies.Person
    assert (hints["quote_id"], hints["valid_until"]) == (UUID, datetime)
    assert hints["factors"] == dict[str, quoting.RatingFactor]
    assert typing.get_type_hints(contracts.customers.AddressChanged)["effective_on"] is date


def test_docs_are_docstrings(contracts: Any) -> None:
    assert contracts.shared.Money.__doc__ == (
        "An amount in one currency. Amounts of different currencies are never added up."
    )
    assert contracts.shared.Currency.__doc__.startswith("Our currencies by ISO 4217 code.")


def test_missing_fields_of_json_take_their_defaults(contracts: Any) -> None:
    node = contracts.from_json(contracts.claims.AssessmentNode, '{"question": "?", "finding": "!"}')
    assert node == contracts.claims.AssessmentNode(question="?", finding="!")
    with pytest.raises(contracts.DecodeError) as caught:
        contracts.from_json(contracts.claims.AssessmentNode, b'{"question": "?"}')
    assert str(caught.value) == 'insurance.claims.AssessmentNode: "finding" is missing and has no default'


def test_samples_take_changes(contracts: Any) -> None:
    sample, address = contracts.testing.sample, contracts.shared.Address
    assert sample(address, city="York") == replace(sample(address), city="York")
    for changes, message in (
        (
            {"town": "York"},
            "insurance.shared.Address: no field 'town'; it has line_1, city, postcode, line_2, country",
        ),
        ({"city": 1}, "insurance.shared.Address.city: expected str, got int 1"),
    ):
        with pytest.raises(contracts.EncodeError) as caught:
            sample(address, **changes)
        assert str(caught.value) == message


# The package


def test_the_package_lists_what_it_has(contracts: Any) -> None:
    public = [name for name in dir(contracts) if not name.startswith("_") and name != "annotations"]
    assert public == sorted(contracts.__all__)
    assert set(public) >= {"encode", "decode", "to_json", "from_json", "framing", "testing", "errors", "Duration"}
    assert set(public) >= {"shared", "quoting", "policies", "customers", "billing", "claims", "communications"}
    for namespace in ("shared", "customers"):
        package = getattr(contracts, namespace)
        assert set(package.__all__) <= set(dir(package))
        assert [name for name in package.__all__ if getattr(package, name) is None] == []


@pytest.mark.parametrize(
    ("within", "name", "hint"),
    [
        ("contracts", "custmers", "; did you mean 'customers'?"),
        ("contracts", "encod", "; did you mean 'encode'?"),
        ("contracts", "zebra", ""),
        ("contracts", "__wrapped__", ""),
        ("contracts.customers", "AdressChanged", "; did you mean 'AddressChanged'?"),
        ("contracts.customers", "Zebra", ""),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest(contracts: Any, within: str, name: str, hint: str) -> None:
    module = contracts if within == "contracts" else contracts.customers
    with pytest.raises(AttributeError) as caught:
        getattr(module, name)
    assert str(caught.value) == f"module '{within}' has no attribute '{name}'{hint}"
