"""A walk through the generated package: build events, send them, read them, get them wrong.

Run it with `make demo`, or with `PYTHONPATH=generated python examples/tour.py` after `avow generate`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

import msgspec

import contracts
from contracts.customers import AddressChanged, AddressPart
from contracts.framing import bare, confluent, single_object
from contracts.policies import Vehicle
from contracts.quoting import Quote, QuoteGenerated
from contracts.shared import Currency, Money
from contracts.testing import sample

COLOURED = sys.stdout.isatty() and "NO_COLOR" not in os.environ
BOLD, DIM, GREEN, RED = "1", "2", "32", "31"
SCHEMA_ID = 42
WIDTH = 100


def main() -> None:
    event = build()
    send(event)
    read(event)
    as_json(event)
    rich_types()
    mistakes(event)
    where_to_go()


def build() -> AddressChanged:
    chapter("An event is a typed object", "schemas/customers/AddressChanged.avsc has become a class")
    event = AddressChanged(
        customer_id=UUID("7d44f2a6-5b0e-4b53-9a5e-0c1f5b2a9c10"),
        customer_version=3,
        changed=[AddressPart.STREET, AddressPart.POSTCODE],
        effective_on=date(2025, 4, 1),
        occurred_at=datetime(2025, 3, 14, 9, 26, 53, 589793, UTC),
    )
    for name in ("customer_id", "customer_version", "changed", "effective_on", "occurred_at"):
        value = getattr(event, name)
        row(name, readable(value), paint(DIM, kind_of(value)))
    return event


def send(event: AddressChanged) -> None:
    chapter("On the wire it is Avro", "one body, three ways to say who wrote it")
    messages = {
        "single_object": single_object.encode(event),
        "confluent": confluent.encode(event, SCHEMA_ID),
        "bare": bare.encode(event),
    }
    before = {"single_object": 10, "confluent": 5, "bare": 0}
    for name, message in messages.items():
        head, body = message[: before[name]].hex(), message[before[name] :].hex()
        row(name, f"{len(message):3} bytes", fit(head, body), width=12)
    row("as JSON", f"{len(contracts.to_json(event)):3} bytes", paint(DIM, "for comparison"), width=12)


def read(event: AddressChanged) -> None:
    chapter("Any reader gets the same object back", "each framing says in its own way which schema wrote it")
    by_fingerprint = contracts.decode(contracts.encode(event))
    by_id = confluent.decode(confluent.encode(event, SCHEMA_ID), schemas={SCHEMA_ID: AddressChanged})
    by_class = bare.decode(bare.encode(event), AddressChanged)
    row(
        "single_object",
        verdict(by_fingerprint, event),
        paint(DIM, "the message carries a fingerprint"),
        width=12,
    )
    row(
        "confluent",
        verdict(by_id, event),
        paint(DIM, "the message carries a number, a registry knows it"),
        width=12,
    )
    row("bare", verdict(by_class, event), paint(DIM, "the reader knows the class"), width=12)


def as_json(event: AddressChanged) -> None:
    chapter("For logs and fixtures there is JSON", "both ways")
    text = contracts.to_json(event)
    pairs = [f'"{name}": {json.dumps(value)}' for name, value in json.loads(text).items()]
    print("    {" + ",\n     ".join(pairs) + "}")
    row("from_json", verdict(contracts.from_json(AddressChanged, text), event))


def rich_types() -> None:
    chapter("Money is exact, and a union is told apart by class", "quoting.QuoteGenerated, from a sample")
    premium = Money(amount=Decimal("312.40"), currency=Currency.GBP)
    quote = sample(Quote, subject=sample(Vehicle), premium=premium)
    received = contracts.decode(contracts.encode(sample(QuoteGenerated, quote=quote)), QuoteGenerated).quote
    for name, value in {
        "premium.amount": received.premium.amount,
        "premium.currency": received.premium.currency,
        "valid_until": received.valid_until,
    }.items():
        row(name, readable(value), paint(DIM, kind_of(value)))
    row("subject", kind_of(received.subject), paint(DIM, "one of House, Vehicle and Person"))


def mistakes(event: AddressChanged) -> None:
    chapter("Mistakes are told, at the place where they are", "EncodeError to who sends, DecodeError to who reads")
    too_exact = Money(amount=Decimal("312.405"), currency=Currency.GBP)
    quote = msgspec.structs.replace(sample(Quote), premium=too_exact)
    bad = msgspec.structs.replace(sample(QuoteGenerated), quote=quote)
    message = contracts.encode(event)
    attempt("half a penny", lambda: contracts.encode(bad))
    attempt("cut short", lambda: contracts.decode(message[:-3]))
    attempt("too long", lambda: contracts.decode(message + b"!"))
    attempt("not a message", lambda: contracts.decode(b'{"customer_id": "7d44f2a6"}'))


def where_to_go() -> None:
    chapter("Now you", "")
    for command, remark in {
        "avow new insurance.claims.ClaimReopened": "writes a contract to start from",
        "avow lint": "says what could be better, and why",
        "avow generate": "makes the classes anew",
    }.items():
        print(f"    {command:56}{paint(DIM, remark)}")
    print()


def attempt(title: str, action: Callable[[], object]) -> None:
    """Show the error that an action ends in."""
    try:
        action()
    except (contracts.EncodeError, contracts.DecodeError) as error:
        row(title, paint(RED, type(error).__name__))
        for line in str(error).splitlines():
            print(f"{'':22}{line}")
    else:
        raise SystemExit(f"{title}: this should have been refused")


def verdict(received: object, sent: object) -> str:
    """Say whether what was received is what was sent; a tour that shows a loss ends there."""
    if received != sent or type(received) is not type(sent):
        raise SystemExit(f"received {received!r}\nsent     {sent!r}")
    return paint(GREEN, "equal")


def chapter(title: str, remark: str) -> None:
    print(f"\n{paint(BOLD, title)}" + (f" {paint(DIM, f'- {remark}')}" if remark else ""))


def row(name: str, value: str, remark: str = "", width: int = 38) -> None:
    """Print a line of three columns, the second one that wide; escape codes have no width."""
    space = " " * max(0, width - len(re.sub("\033\\[[0-9]+m", "", value)))
    print(f"    {name:18}{value}{space if remark else ''}{remark}")


def fit(head: str, body: str) -> str:
    """Return hex of a message in what is left of a line, with what comes before the body dimmed."""
    shown = body[: WIDTH - 37 - len(head)]
    return paint(DIM, head) + shown + ("..." if len(shown) < len(body) else "")


def readable(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(readable(item) for item in value)
    return value.name if isinstance(value, Enum) else str(value)


def kind_of(value: object) -> str:
    if isinstance(value, (list, tuple)) and value:
        return f"{type(value).__name__} of {kind_of(value[0])}"
    return type(value).__name__


def paint(code: str, text: str) -> str:
    return f"\033[{code}m{text}\033[0m" if COLOURED and text else text


if __name__ == "__main__":
    main()
