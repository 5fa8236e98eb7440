from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avow_command import Avow, Ran


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.avow]\nnamespace = "insurance"\n')


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def _types(schema: Any) -> dict[str, Any]:
    return {field["name"]: field["type"] for field in schema["fields"]}


UUID = {"type": "string", "logicalType": "uuid"}
MICROS = {"type": "long", "logicalType": "timestamp-micros"}


def test_the_whole_file(avow: Avow, tmp_path: Path) -> None:
    assert avow("new", "customers.AddressChanged") == Ran(
        0,
        "schemas/customers/AddressChanged.avsc: event, notification; edit its fields, then run `avow generate`\n",
    )
    assert (
        (tmp_path / "schemas/customers/AddressChanged.avsc").read_text()
        == """\
{
  "type": "record",
  "name": "AddressChanged",
  "namespace": "insurance.customers",
  "doc": "The address has been changed.",
  "contract": {
    "kind": "event",
    "pattern": "notification",
    "owner": "customers",
    "channel": "customers.address-changed",
    "key": "customer_id",
    "partitions": 8,
    "retention": "P14D"
  },
  "fields": [
    {
      "name": "event_id",
      "type": {"type": "string", "logicalType": "uuid"},
      "doc": "Identifies this event; a repeat has the same."
    },
    {
      "name": "customer_id",
      "type": {"type": "string", "logicalType": "uuid"},
      "doc": "Which customer."
    },
    {
      "name": "occurred_at",
      "type": {"type": "long", "logicalType": "timestamp-micros"},
      "doc": "When it happened, by the clock of the service that owns the event."
    }
  ]
}
"""
    )


CASES = [
    (
        ["policies.PolicyTakenOut"],
        {
            "kind": "event",
            "pattern": "notification",
            "owner": "policies",
            "channel": "policies.policy-taken-out",
        }
        | {"key": "policy_id", "partitions": 8, "retention": "P14D"},
        "The policy has been taken out.",
        {"event_id": UUID, "policy_id": UUID, "occurred_at": MICROS},
    ),
    (
        ["quoting.QuoteSent", "--pattern", "sourced", "--owner", "quotes", "--doc", 'Says "sent".'],
        {"kind": "event", "pattern": "sourced", "owner": "quotes", "channel": "quotes.quote-sent"}
        | {"key": "quote_id", "partitions": 8},
        'Says "sent".',
        {"event_id": UUID, "quote_id": UUID, "version": "long", "occurred_at": MICROS},
    ),
    (
        ["insurance.customers.ChangeAddress"],
        {"kind": "command", "owner": "customers", "channel": "customers.change-address"}
        | {"key": "customer_id", "partitions": 8, "retention": "P14D"},
        "Asks to change the address.",
        {"command_id": UUID, "customer_id": UUID, "requested_at": MICROS},
    ),
    (
        ["customers.GetCustomer"],
        {"kind": "query", "owner": "customers", "channel": "customers.get-customer"},
        "Asks to get the customer.",
        {"customer_id": UUID},
    ),
    (
        ["customers.GetCustomerAnswer"],
        {"kind": "answer", "owner": "customers"},
        "Answers GetCustomer.",
        {"customer_id": UUID, "as_of": MICROS},
    ),
    (
        ["customers.CustomerSnapshot"],
        {"kind": "snapshot", "owner": "customers", "channel": "customers.customer-snapshot"}
        | {"key": "customer_id", "partitions": 8, "retention": "P1Y"},
        "The customer at one point of its history.",
        {"customer_id": UUID, "version": "long", "taken_at": MICROS},
    ),
    (
        ["claims.deep.AssessmentReport", "--kind", "document"],
        {"kind": "document", "owner": "deep", "channel": "deep.assessment-report"},
        "Assessment report.",
        {"report_id": UUID},
    ),
]


@pytest.mark.parametrize(("args", "contract", "doc", "types"), CASES, ids=lambda value: str(value)[:30])
def test_a_contract_fits_its_kind(
    avow: Avow, tmp_path: Path, args: list[str], contract: object, doc: str, types: object
) -> None:
    assert avow("new", *args).err == ""
    (path,) = tmp_path.rglob("*.avsc")
    schema = _read(path)
    below = args[0].removeprefix("insurance.")
    assert path == tmp_path / "schemas" / Path(*below.split(".")).with_suffix(".avsc")
    assert f"{schema['namespace']}.{schema['name']}" == f"insurance.{below}"
    assert (schema["contract"], schema["doc"], _types(schema)) == (contract, doc, types)
    assert avow("fmt", "--check") == Ran(0)
    assert avow("lint", "--strict") == Ran(0)
    assert avow("generate").code == 0


def test_a_state_transfer_carries_the_state_before_and_after(avow: Avow, tmp_path: Path) -> None:
    assert avow("new", "customers.CustomerUpdated", "--pattern", "state-transfer").err == ""
    schema = _read(tmp_path / "schemas/customers/CustomerUpdated.avsc")
    types = _types(schema)
    assert list(types) == ["event_id", "before", "after", "occurred_at"]
    assert (types["before"][0], types["before"][1]["name"]) == ("null", "CustomerUpdatedState")
    assert types["after"] == "CustomerUpdatedState"
    assert schema["contract"]["key"] == "after.customer_id"
    assert avow("lint", "--strict") == Ran(0)
    assert avow("generate").code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["customers.Address"],
            "`Address` does not show what it is\n"
            "  Say it with --kind: event, command, query, answer, snapshot or document.",
        ),
        (
            ["AddressChanged"],
            "`AddressChanged` does not say where it belongs\n  Write it like `customers.AddressChanged`.",
        ),
        (
            ["insurance.AddressChanged"],
            "`insurance.AddressChanged` does not say where it belongs\n  Write it like `customers.AddressChanged`.",
        ),
        (
            ["customers.address_changed"],
            "`address_changed` is not in CamelCase\n  Write `customers.AddressChanged`.",
        ),
        (
            ["cust-omers.AddressChanged"],
            "`cust-omers.AddressChanged` is no name in Avro, because of `cust-omers`\n"
            "  Write letters, digits and _, beginning with no digit, like `customers.AddressChanged`.",
        ),
        (
            ["../x.AddressChanged"],
            "`../x.AddressChanged` is no name in Avro, because of ``\n"
            "  Write letters, digits and _, beginning with no digit, like `customers.AddressChanged`.",
        ),
        (
            ["released.AddressChanged"],
            "`released` is reserved for the frozen versions of schemas\n  Choose another namespace.",
        ),
        (
            ["customers.ChangeAddress", "--pattern", "sourced"],
            "a command has no pattern, only an event has one\n  Leave out --pattern, or say --kind event.",
        ),
        (
            ["customers.AddressChanged", "--owner", "The Team"],
            "`The Team` is no name of a service\n  Write lower-case letters and digits, joined by - or _.",
        ),
    ],
)
def test_what_cannot_be_a_contract_is_refused(avow: Avow, tmp_path: Path, args: list[str], message: str) -> None:
    assert avow("new", *args) == Ran(2, "", f"avow: {message}\n")
    assert not (tmp_path / "schemas").exists()


def test_nothing_is_overwritten(avow: Avow, tmp_path: Path) -> None:
    path = tmp_path / "schemas/customers/AddressChanged.avsc"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    assert avow("new", "customers.AddressChanged") == Ran(
        2,
        "",
        "avow: schemas/customers/AddressChanged.avsc: the file is there already\n  Edit it, or choose another name.\n",
    )
    assert avow("new", "customers.AddressCHANGED", "--kind", "event") == Ran(
        2,
        "",
        "avow: schemas/customers/AddressChanged.avsc: "
        "`AddressCHANGED` differs only in case from what is there\n"
        "  Write it as it is there: `AddressChanged`.\n",
    )
    assert avow("new", "Customers.AddressMoved") == Ran(
        2,
        "",
        "avow: schemas/customers: `Customers` differs only in case from what is there\n"
        "  Write it as it is there: `customers`.\n",
    )
    (path.parent / "AddressMoved").mkdir()
    assert avow("new", "customers.AddressMoved") == Ran(
        2,
        "",
        "avow: schemas/customers/AddressMoved: `AddressMoved` is a namespace already\n"
        "  Choose another name: a type cannot have the name of a namespace.\n",
    )
    assert path.read_text() == "mine"
