"""Uses that are registered, guessed, or out of sight."""

from __future__ import annotations

from tests.support.usage import Case

CASES = [
    Case(
        "a parameter that takes anything: kept, read, handed on",
        """
from typing import Any
from contracts.shared import Amount
def kept(value: Any) -> None:
    print(value)
def read(value: Any) -> None:
    value.unit
def lost(value: Any) -> None:
    value.dump()
def handed(value: object) -> None:
    lost(value)
def go(amount: Amount) -> None:
    kept(amount)
    read(amount)
    lost(amount)
    handed(amount)
""",
        """
7 maybe Amount.unit (its type is not known)
15 escape Amount (into value of lost, which takes anything)
16 escape Amount (into value of handed, which takes anything)
""",
        reasons=True,
    ),
    Case(
        "rows of a database are no contracts",
        """
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection, Row
from contracts.parcels import ParcelShipped
parcels = Table("parcels")
def keep(event: ParcelShipped, connection: Connection) -> None:
    for row in connection.execute(select(parcels).where(parcels.c.courier == 1)):
        print(row.note, shown(row), getattr(row, event.note))
def find(connection: Connection) -> str | None:
    row: Row | None = connection.execute(select(parcels)).one_or_none()
    return None if row is None else row.note
def shown(row):
    return row.weight
""",
        """
6 handle ParcelShipped
8 read ParcelShipped.note
""",
    ),
    Case(
        "rows of a database whose columns are decoded may be contracts",
        """
import contracts
from sqlalchemy import Connection, TypeDecorator, select
from contracts.parcels import ParcelShipped
class Event(TypeDecorator):
    def process_result_value(self, value, dialect):
        return contracts.decode(value)
def keep(connection: Connection) -> None:
    for event in connection.execute(select()).scalars():
        print(event.note)
""",
        """
10 maybe ParcelShipped.note
""",
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
    both: dict[str, object] = {"amount": amount, "n": 1}
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
6 handle ParcelShipped
6 read ParcelShipped.note
7 read ParcelReturned.reason
8 handle ParcelReturned
8 handle ParcelShipped
8 read ParcelShipped.weight
12 handle ParcelReturned
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
]
