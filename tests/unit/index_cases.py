"""Small pieces of code and all that the index should find in them, a line for each."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    name: str
    code: str
    facts: str
    reasons: bool = False


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
    "{0.value}".format(amount)
    vars(amount)
""",
        """
11 escape Amount (into msgspec.structs.asdict)
12 escape Amount (into json.dumps)
13 escape Amount (into contracts.to_json)
14 escape Amount (into a format, which may name fields)
15 escape Amount (into vars)
""",
        reasons=True,
    ),
    Case(
        "a parameter that takes anything: kept, read, handed on",
        """
from typing import Any
from contracts.shared import Amount
def kept(value: Any) -> None:
    print(value)
def read(value: Any) -> None:
    value.unit
def handed(value: object) -> None:
    read(value)
def go(amount: Amount) -> None:
    kept(amount)
    read(amount)
    handed(amount)
""",
        """
7 maybe Amount.unit (its type is not known)
12 escape Amount (into value of read, which takes anything)
13 escape Amount (into value of handed, which takes anything)
""",
        reasons=True,
    ),
    Case(
        "what nobody can follow",
        """
from typing import Any
import somelib
from contracts.shared import Amount
CACHE: dict[str, Any] = {}
def go(amount: Amount) -> Any:
    somelib.store(amount)
    CACHE["x"] = amount
    kept: Any = amount
    both = {"amount": amount, "n": 1}
    return amount
""",
        """
7 escape Amount (into somelib.store)
8 escape Amount (into CACHE)
9 escape Amount (into kept)
10 escape Amount (into both)
11 escape Amount (out of go)
""",
        reasons=True,
    ),
    Case(
        "helpers without annotations, through several calls and back",
        """
from contracts.parcels import ParcelShipped
def inner(item):
    return item.price
def outer(items):
    return [inner(item) for item in items]
def handle(event: ParcelShipped) -> list[int]:
    return [price.value for price in outer(event.items)]
""",
        """
4 read Item.price
7 handle ParcelShipped
8 read Amount.value
8 read ParcelShipped.items
""",
    ),
    Case(
        "a helper for two contracts keeps what it gives back apart",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
def first(events):
    return events[0]
def handle(shipped: list[ParcelShipped], returned: list[ParcelReturned]) -> None:
    first(shipped).parcel_id
    first(returned).reason
""",
        """
5 handle ParcelReturned
5 handle ParcelShipped
6 maybe ParcelReturned.parcel_id
6 maybe ParcelShipped.parcel_id
7 maybe ParcelReturned.reason
""",
    ),
    Case(
        "attributes and containers without annotations",
        """
import queue
from collections import defaultdict
from contracts.parcels import ParcelShipped
class Memory:
    def __init__(self):
        self.last = None
        self.every = []
        self.inbox = queue.Queue()
        self.groups = defaultdict(list)
    def on(self, event: ParcelShipped) -> None:
        self.last = event
        self.every.append(event)
        self.inbox.put(event)
        self.groups[event.note].append(event)
    def show(self):
        self.last.weight
        self.every[0].note
        self.inbox.get().parcel_id
        self.groups["x"][0].destination
""",
        """
11 handle ParcelShipped
15 read ParcelShipped.note
17 read ParcelShipped.weight
18 read ParcelShipped.note
19 read ParcelShipped.parcel_id
20 read ParcelShipped.destination
""",
    ),
    Case(
        "registration: decorators, tables, calls, singledispatch",
        """
from functools import singledispatch
from contracts.parcels import ParcelReturned, ParcelShipped
from somelib import bus
@bus.on(ParcelShipped)
def shipped(event): event.note
def returned(event): event.reason
TABLE = {ParcelReturned: returned, ParcelShipped: lambda event: event.weight}
@singledispatch
def handle(event): ...
@handle.register(ParcelReturned)
def _(event): event.refund
class Service:
    def __init__(self):
        bus.subscribe(ParcelReturned, self.on_returned)
    def on_returned(self, event): event.items
""",
        """
5 handle ParcelShipped
6 read ParcelShipped.note
7 read ParcelReturned.reason
8 handle ParcelReturned
8 handle ParcelShipped
8 read ParcelShipped.weight
11 handle ParcelReturned
12 read ParcelReturned.refund
15 handle ParcelReturned
16 read ParcelReturned.items
""",
    ),
    Case(
        "registration of classes, and by names in texts",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
from somelib import bus, Handler
@bus.handles(ParcelShipped)
class OnShipped:
    def handle(self, event): event.note
class OnReturned(Handler, message=ParcelReturned):
    def __call__(self, event): event.reason
class OnReturnedToo:
    event_type = ParcelReturned
    def apply(self, event): event.refund
@bus.on("ParcelShipped")
def by_name(event): event.weight
@bus.on("parcels.parcel-returned")
def by_channel(event): event.items
""",
        """
4 handle ParcelShipped
6 read ParcelShipped.note
7 handle ParcelReturned
8 read ParcelReturned.reason
10 handle ParcelReturned
11 read ParcelReturned.refund
12 handle ParcelShipped
13 maybe ParcelShipped.weight
14 handle ParcelReturned
15 maybe ParcelReturned.items
""",
    ),
    Case(
        "a table that dispatches loses nothing",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
def shipped(event): event.note
def returned(event): event.reason
TABLE = {ParcelShipped: shipped, ParcelReturned: returned}
def dispatch(event: ParcelShipped | ParcelReturned) -> None:
    TABLE[type(event)](event)
    handler = TABLE.get(type(event))
    handler(event)
""",
        """
3 read ParcelShipped.note
4 read ParcelReturned.reason
5 handle ParcelReturned
5 handle ParcelShipped
6 handle ParcelReturned
6 handle ParcelShipped
""",
    ),
    Case(
        "generics, protocols and overrides",
        """
from abc import abstractmethod
from typing import Generic, Protocol, TypeVar
from contracts.parcels import ParcelShipped
from contracts.shared import Item
T = TypeVar("T")
class Handler(Generic[T]):
    @abstractmethod
    def handle(self, event: T) -> None: ...
class OnShipped(Handler[ParcelShipped]):
    def handle(self, event):
        price(ByCount(), event.items[0])
class Tariff(Protocol):
    def of(self, item: Item) -> int: ...
class ByCount:
    def of(self, item): return item.count
def price(tariff: Tariff, item: Item) -> int:
    return tariff.of(item)
""",
        """
10 handle ParcelShipped
12 read ParcelShipped.items
16 read Item.count
""",
    ),
    Case(
        "async: coroutines, gather, streams, tasks",
        """
import asyncio
from collections.abc import AsyncIterator
from contracts.parcels import ParcelShipped
async def load() -> ParcelShipped: ...
async def note(event): return event.note
async def twice():
    return await load()
async def main(stream: AsyncIterator[ParcelShipped]) -> None:
    async for event in stream:
        await note(event)
    first, second = await asyncio.gather(twice(), load())
    first.weight
    second.parcel_id
""",
        """
6 read ParcelShipped.note
9 handle ParcelShipped
13 read ParcelShipped.weight
14 read ParcelShipped.parcel_id
""",
    ),
    Case(
        "functions that are handed to libraries",
        """
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from contracts.shared import Item
def sku(item): return item.sku
def count(item, factor=1): return item.count * factor
def price(item): return item.price
def go(items: list[Item]) -> None:
    list(map(sku, items))
    ThreadPoolExecutor().submit(count, items[0])
    threading.Thread(target=price, args=(items[0],)).start()
    partial(count, factor=2)(items[0])
""",
        """
6 read Item.sku
7 read Item.count
8 read Item.price
""",
    ),
    Case(
        "a type that is not known may be any that is named nearby",
        """
from contracts.parcels import ParcelReturned
def handle(event, rows):
    if type(event) is ParcelReturned:
        event.reason
    rows.parcel_id
    rows.weight
""",
        """
4 handle ParcelReturned
5 read ParcelReturned.reason
6 maybe ParcelReturned.parcel_id (rows has no annotation)
""",
        reasons=True,
    ),
    Case(
        "a type that is not known may be any where events come in unnamed",
        """
import contracts
def handle(data: bytes) -> None:
    event = contracts.decode(data)
    event.reason
""",
        """
5 maybe ParcelReturned.reason
""",
    ),
    Case(
        "a type that is not known may be one that is looked at as a whole",
        """
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned
TYPES = {"parcels": ParcelReturned}
def on_parcel(event):
    if event.reason:
        return vars(event)
def on_any(event):
    return event.__dict__
def called(event):
    return vars(event)
def on_order(event: OrderPlaced):
    return called(event)
class Row: ...
def as_row(row):
    return vars(row)
as_row(Row())
""",
        """
6 maybe ParcelReturned.reason (event has no annotation)
7 escape ParcelReturned (into vars, if it is one)
9 escape OrderPlaced (__dict__, which names all fields, if it is one)
9 escape ParcelReturned (__dict__, which names all fields, if it is one)
11 escape OrderPlaced (into vars)
12 handle OrderPlaced
""",
        reasons=True,
    ),
    Case(
        "rows that a value is built from are no such values",
        """
from contracts.shared import Amount
def load(row):
    return Amount(value=row.value, unit=row.unit)
""",
        """
4 construct Amount
4 write Amount.unit
4 write Amount.value
""",
    ),
    Case(
        "classes that are looked up by name",
        """
import importlib
import contracts
def one(): return getattr(importlib.import_module("contracts.shared"), "Amount")
def some(name): return getattr(contracts.shared, name)
def any_(part): return importlib.import_module(f"contracts.{part}")
""",
        """
4 escape Amount
5 escape Amount
5 escape Courier
5 escape Item
5 escape Label
5 escape Line
5 escape Place
6 escape *
""",
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
        "sends: of known libraries, encoded, through functions of the service",
        """
import contracts
from aiokafka import AIOKafkaProducer
from contracts import Record
from contracts.parcels import ParcelReturned
from contracts.shared import Amount
class Sender:
    def __init__(self, producer: AIOKafkaProducer) -> None:
        self.producer = producer
    async def publish(self, event: Record) -> None:
        await self.producer.send("topic", contracts.encode(event))
    async def both(self, event: ParcelReturned) -> None:
        data = contracts.encode(event)
        await self.producer.send_and_wait("topic", data)
async def go(sender: Sender) -> None:
    await sender.publish(ParcelReturned(parcel_id="1", reason="x", refund=Amount(value=1, unit="x"), items=[]))
""",
        """
12 handle ParcelReturned
14 send ParcelReturned
16 construct Amount
16 construct ParcelReturned
16 send ParcelReturned
16 write Amount.unit
16 write Amount.value
16 write ParcelReturned.items
16 write ParcelReturned.parcel_id
16 write ParcelReturned.reason
16 write ParcelReturned.refund
""",
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
