"""Uses that are found through what containers hold: values of several types, functions, classes."""

from __future__ import annotations

from tests.support.usage import Case

CASES = [
    Case(
        "of events of several types a container holds each",
        """
from itertools import chain, zip_longest
from contracts.parcels import ParcelReturned, ParcelShipped
def handle(sent: ParcelShipped, back: ParcelReturned, every: list[ParcelShipped]) -> None:
    for each in (sent, back):
        each.parcel_id
    both = [sent, back]
    both[0].items
    named = {"sent": sent, "back": back, "count": 2}
    named["back"].reason
    later = []
    later.append(sent)
    later.append(back)
    later[0].parcel_id
    for each in chain(every, both):
        each.items
    for first, second in zip_longest(every, [back]):
        first.note, second.reason
    show(named)
def show(named):
    named["sent"].weight
""",
        """
4 handle ParcelReturned
4 handle ParcelShipped
6 read ParcelReturned.parcel_id
6 read ParcelShipped.parcel_id
8 read ParcelReturned.items
8 read ParcelShipped.items
10 read ParcelReturned.reason
14 read ParcelReturned.parcel_id
14 read ParcelShipped.parcel_id
16 read ParcelReturned.items
16 read ParcelShipped.items
18 read ParcelReturned.reason
18 read ParcelShipped.note
21 read ParcelShipped.weight
""",
    ),
    Case(
        "containers that are filled in another way than by append",
        """
import heapq
from contextvars import ContextVar
from contracts.parcels import ParcelShipped
CURRENT = ContextVar("current", default=None)
class Memory:
    def __init__(self):
        self.every = []
        self.more = []
        self.last = {"event": None, "count": 0}
        self.heap = []
    def on(self, event: ParcelShipped) -> None:
        self.every += [event]
        self.more.extend([event])
        self.last["event"] = event
        heapq.heappush(self.heap, (event.weight, event))
        CURRENT.set(event)
    def show(self):
        self.every[0].note
        self.more[0].parcel_id
        self.last["event"].courier
        self.heap[0][1].items
        CURRENT.get().destination
""",
        """
12 handle ParcelShipped
16 read ParcelShipped.weight
19 read ParcelShipped.note
20 read ParcelShipped.parcel_id
21 read ParcelShipped.courier
22 read ParcelShipped.items
23 read ParcelShipped.destination
""",
    ),
    Case(
        "functions in containers, and what is called as an object",
        """
from contracts.orders import OrderPlaced
class Limit:
    def __init__(self, limit):
        self.limit = limit
    def __call__(self, event):
        return event.total
RULES = [Limit(10), lambda event: event.placed_by]
COLUMNS = [("customer", lambda row: row.customer)]
BY_KIND = {"a": lambda event: event.lines}
def compose(outer, inner):
    return lambda value: outer(inner(value))
def check(event: OrderPlaced, kind: str) -> None:
    [rule(event) for rule in RULES]
    {name: column(event) for name, column in COLUMNS}
    found = BY_KIND.get(kind)
    found(event)
    compose(str, lambda each: each.order_id)(event)
""",
        """
7 read OrderPlaced.total
8 read OrderPlaced.placed_by
9 read OrderPlaced.customer
10 read OrderPlaced.lines
13 handle OrderPlaced
18 read OrderPlaced.order_id
""",
    ),
    Case(
        "a table of functions gets a value of one type, or one of several",
        """
from contracts.parcels import ParcelReturned, ParcelShipped
def note(event): return event.note
def weigh(event): return event.weight
def reason(event): return event.reason
def parcel(event): return event.parcel_id
ONE = {"note": note, "weight": weigh}
MANY = {"reason": reason, "parcel": parcel}
def one(kind: str, event: ParcelShipped): return ONE[kind](event)
def many(kind: str, event: ParcelShipped | ParcelReturned): return MANY[kind](event)
""",
        """
3 read ParcelShipped.note
4 read ParcelShipped.weight
5 maybe ParcelReturned.reason
6 maybe ParcelReturned.parcel_id
6 maybe ParcelShipped.parcel_id
9 handle ParcelShipped
10 handle ParcelReturned
10 handle ParcelShipped
""",
    ),
    Case(
        "an index of which nothing is known, in a function that calls itself",
        """
from contracts.shared import Line
def total(lines, at=0):
    if at >= len(lines):
        return 0
    line = lines[at]
    return line.quantity + lines[at].unit_price.value + total(lines, at + 1)
def start(lines: list[Line]):
    return total(lines)
""",
        """
7 read Amount.value
7 read Line.quantity
7 read Line.unit_price
""",
    ),
    Case(
        "classes in a table, and what they build",
        """
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped
KINDS = {"order": OrderPlaced, "parcel": ParcelShipped}
def build(kind, row):
    return KINDS[kind](**row)
def use():
    build("order", {}).customer
    build("parcel", {}).parcel_id
""",
        """
6 construct OrderPlaced
6 construct ParcelShipped
6 escape OrderPlaced
6 escape ParcelShipped
8 read OrderPlaced.customer
9 read ParcelShipped.parcel_id
""",
    ),
    Case(
        "what holds a value of which nobody wrote down the type",
        """
from collections import namedtuple
from contracts.orders import OrderPlaced
Pair = namedtuple("Pair", "event count")
class Context: ...
def handle(event: OrderPlaced) -> None:
    context = Context()
    context.event = event
    show(context)
    list_up(Pair(event, 1))
def show(context): return context.event.customer
def list_up(pair): return pair.event.lines
""",
        """
6 handle OrderPlaced
10 escape OrderPlaced (into Pair)
11 maybe OrderPlaced.customer (context has no annotation)
12 maybe OrderPlaced.lines (pair has no annotation)
""",
        reasons=True,
    ),
    Case(
        "containers and sequences that are annotated as no more than that",
        """
from contracts.shared import Line
def count(lines: list) -> int:
    return lines[0].quantity
def handle(lines: list[Line]) -> int:
    return count(lines)
""",
        """
4 read Line.quantity
""",
    ),
    Case(
        "a generic class gives back what it holds",
        """
from typing import Generic, TypeVar
from contracts.orders import OrderPlaced
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, items: list[T]) -> None:
        self.items = items
    def each(self):
        return iter(self.items)
    def map(self, function):
        return [function(item) for item in self.items]
def handle(box: Box[OrderPlaced]) -> None:
    for each in box.each():
        each.customer
    box.map(lambda each: each.lines)
""",
        """
12 handle OrderPlaced
14 read OrderPlaced.customer
15 maybe OrderPlaced.lines
""",
    ),
]
