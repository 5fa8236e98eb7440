"""Uses that types tell of."""

from __future__ import annotations

from tests.support.usage import Case

CASES = [
    Case(
        "a field, and one behind it",
        """
from contracts.parcels import ParcelShipped
def handle(event: ParcelShipped) -> str:
    return event.destination.town
""",
        """
3 handle ParcelShipped
4 read ParcelShipped.destination
4 read Place.town
""",
    ),
    Case(
        "arrays, maps and what may be None",
        """
from contracts.parcels import ParcelShipped
def handle(event: ParcelShipped) -> None:
    for item in event.items:
        item.sku
    event.labels["x"].text
    if event.courier is not None:
        event.courier.name
""",
        """
3 handle ParcelShipped
4 read ParcelShipped.items
5 read Item.sku
6 read Label.text
6 read ParcelShipped.labels
7 read ParcelShipped.courier
8 read Courier.name
8 read ParcelShipped.courier
""",
    ),
    Case(
        "a union, narrowed and not",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
def handle(event: ParcelShipped | ParcelReturned) -> None:
    event.parcel_id
    if isinstance(event, ParcelReturned):
        event.reason
    else:
        event.note
""",
        """
3 handle ParcelReturned
3 handle ParcelShipped
4 read ParcelReturned.parcel_id
4 read ParcelShipped.parcel_id
5 handle ParcelReturned
6 read ParcelReturned.reason
8 read ParcelShipped.note
""",
    ),
    Case(
        "match: by keyword, by place, of any class",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
def handle(event: object) -> None:
    match event:
        case ParcelReturned(reason=why, refund=amount):
            print(why, amount.value)
        case ParcelShipped(identifier):
            print(identifier)
def other(event: ParcelShipped) -> None:
    match event:
        case object(note=text):
            print(text)
""",
        """
5 handle ParcelReturned
5 read ParcelReturned.reason
5 read ParcelReturned.refund
6 read Amount.value
7 handle ParcelShipped
7 read ParcelShipped.parcel_id
9 handle ParcelShipped
11 read ParcelShipped.note
""",
    ),
    Case(
        "values that are built",
        """
from functools import partial
from contracts.shared import Amount
def build(more):
    Amount(value=1, unit="EUR")
    Amount(1, "EUR")
    Amount(**{"value": 1, "unit": "EUR"})
    Amount(**more)
    euro = partial(Amount, unit="EUR")
    return euro(value=2)
""",
        """
5 construct Amount
5 write Amount.unit
5 write Amount.value
6 construct Amount
6 write Amount.unit
6 write Amount.value
7 construct Amount
7 write Amount.unit
7 write Amount.value
8 construct Amount
8 escape Amount (** into its fields)
9 construct Amount
9 write Amount.unit
10 write Amount.value
""",
        reasons=True,
    ),
    Case(
        "values that are changed, in each way that Python has",
        """
import copy
import msgspec
from contracts.shared import Amount
def change(amount: Amount, name: str) -> None:
    msgspec.structs.replace(amount, value=2)
    copy.replace(amount, unit="USD")
    amount.value += 1
    amount.unit = "x"
    del amount.unit
    setattr(amount, "value", 3)
    setattr(amount, name, 3)
""",
        """
6 write Amount.value
7 write Amount.unit
8 read Amount.value
8 write Amount.value
9 write Amount.unit
10 write Amount.unit
11 write Amount.value
12 escape Amount (an attribute whose name is not constant)
""",
        reasons=True,
    ),
    Case(
        "attributes by name",
        """
from operator import attrgetter
from typing import Final
from contracts.parcels import ParcelReturned
FIELD: Final = "reason"
PATH = "refund.unit"
def handle(event: ParcelReturned, name: str, events: list[ParcelReturned]) -> None:
    getattr(event, FIELD)
    getattr(event, name)
    attrgetter(PATH)(event)
    sorted(events, key=attrgetter("refund.value"))
    max(events, key=attrgetter("parcel_id"))
""",
        """
7 handle ParcelReturned
8 read ParcelReturned.reason
9 escape ParcelReturned (an attribute whose name is not constant)
10 read Amount.unit
10 read ParcelReturned.refund
11 read Amount.value
11 read ParcelReturned.refund
12 read ParcelReturned.parcel_id
""",
        reasons=True,
    ),
    Case(
        "functions that use every field, and such as use none",
        """
import json, logging
import contracts
from msgspec.structs import asdict
from contracts.shared import Amount
def look(amount: Amount) -> None:
    print(amount, f"{amount}", "%s" % amount, repr(amount), "{}".format(amount), len([amount]))
    logging.info("%s", amount)
    contracts.encode(amount)
    amount == amount
    asdict(amount)
    json.dumps(amount)
    contracts.to_json(amount)
    "{0.value} {a.unit}".format(amount, a=amount)
    vars(amount)
    json.__doc__.format(amount)
""",
        """
11 escape Amount (into msgspec.structs.asdict)
12 escape Amount (into json.dumps)
13 escape Amount (into contracts.to_json)
14 maybe Amount.unit (named in a format)
14 maybe Amount.value (named in a format)
15 escape Amount (into vars)
16 escape Amount (into a format, which may name fields)
""",
        reasons=True,
    ),
    Case(
        "a field that the schema does not have",
        """
from contracts.shared import Amount
def go(amount: Amount) -> None:
    amount.currency
    Amount(value=1, unit="x", currency="EUR")
""",
        """
4 read Amount.currency (there is no such field)
5 construct Amount
5 write Amount.currency (there is no such field)
5 write Amount.unit
5 write Amount.value
""",
        reasons=True,
    ),
    Case(
        "a class that the package does not have",
        """
import contracts.parcels as parcels
from contracts.parcels import ParcelLost, ParcelShipped
from contracts.parcels import helper
from contracts import Record
from contracts.integrations.kafka import Publisher
def handle(event: ParcelLost | ParcelShipped) -> None:
    if isinstance(event, parcels.ParcelFound):
        parcels.ParcelShipped
        parcels.helper
""",
        """
3 read ParcelLost (there is no such type)
7 handle ParcelShipped
8 read ParcelFound (there is no such type)
""",
        reasons=True,
    ),
    Case(
        "comments that say what is read",
        """
import json
from contracts.parcels import ParcelReturned
def go(event: ParcelReturned) -> None:
    json.dumps(event)  # avow: reads ParcelReturned.refund.value
    # avow: reads nothing
    json.dumps(event)
    json.dumps(event)  # avow: reads PlaceOrder.gift
""",
        """
4 handle ParcelReturned
5 read Amount.value (declared by a comment)
5 read ParcelReturned.refund (declared by a comment)
8 escape ParcelReturned (into json.dumps)
""",
        reasons=True,
    ),
    Case(
        "where code can never run by what mypy knows",
        """
import sys
from contracts.shared import Amount
def go(amount: Amount) -> None:
    if sys.platform == "win32":
        amount.unit
    return
    amount.value
""",
        """
6 maybe Amount.unit
8 read Amount.value
""",
    ),
    Case(
        "names that mean something else",
        """
from dataclasses import dataclass
from contracts.shared import Amount
@dataclass
class Money:
    value: int
    unit: str
def go(money: Money, amount: Amount) -> int:
    money.value, money.unit
    note = "amount.value"
    return Money(value=amount.value, unit=note).value
""",
        """
11 read Amount.value
""",
    ),
]
