"""Uses that are found though nothing calls or reads by name: getters, libraries, operators, formats, decorators."""

from __future__ import annotations

from tests.support.usage import Case

CASES = [
    Case(
        "getters in variables, with several paths",
        """
from operator import attrgetter
from contracts.parcels import ParcelReturned
KEY = attrgetter("refund.value", "reason")
class Table:
    by = attrgetter("parcel_id")
    def rows(self, events: list[ParcelReturned]):
        return sorted(events, key=self.by)
def handle(events: list[ParcelReturned]) -> None:
    sorted(events, key=KEY)
    get = attrgetter("items")
    [get(event) for event in events]
def order(events, by):
    return sorted(events, key=by)
def unit(events: list[ParcelReturned]):
    return order(events, attrgetter("refund.unit"))
""",
        """
4 read Amount.value
4 read ParcelReturned.reason
4 read ParcelReturned.refund
6 read ParcelReturned.parcel_id
7 handle ParcelReturned
9 handle ParcelReturned
11 read ParcelReturned.items
15 handle ParcelReturned
16 maybe Amount.unit
16 maybe ParcelReturned.refund
""",
    ),
    Case(
        "functions that a library calls with values, with their items, or with both",
        """
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool
import somelib
from contracts.parcels import ParcelShipped
def weigh(event): return event.weight
def note(event, number): return event.note
def items(event): return event.items
def labels(event): return event.labels
def courier(event): return event.courier
def handle(event: ParcelShipped, events: list[ParcelShipped]) -> None:
    with ThreadPoolExecutor() as pool:
        pool.map(weigh, events)
    with Pool() as pool:
        pool.starmap(note, [(each, 1) for each in events])
        pool.apply_async(items, (event,))
    threading.Thread(target=labels, args=(event,))
    somelib.each(courier, events)
""",
        """
7 read ParcelShipped.weight
8 read ParcelShipped.note
9 read ParcelShipped.items
10 read ParcelShipped.labels
11 read ParcelShipped.courier
12 handle ParcelShipped
""",
    ),
    Case(
        "a function that is given to nobody knows what, and called otherwise too",
        """
import somelib
from contracts.parcels import ParcelShipped
def handle(event): return event.weight
def start(bus):
    bus.subscribe("parcels", handle, 3)
    handle(None)
def known(event: ParcelShipped) -> None: ...
""",
        """
4 maybe ParcelShipped.weight
8 handle ParcelShipped
""",
    ),
    Case(
        "operators, indices, setters and descriptors call methods",
        """
from contracts.orders import OrderPlaced
class Basket:
    def __init__(self):
        self.held = {}
    def __setitem__(self, key, event):
        self.held[key] = event
    def __getitem__(self, key):
        return self.held[key]
    def __iter__(self):
        return iter(self.held.values())
    def __contains__(self, event): return event.order_id in self.held
    def __add__(self, event): return event.placed_by
    @property
    def last(self): return self.kept
    @last.setter
    def last(self, event):
        event.total
        self.kept = event
def handle(event: OrderPlaced) -> None:
    basket = Basket()
    basket["x"] = event
    basket["x"].customer
    for each in basket:
        each.lines
    event in basket
    basket + event
    basket.last = event
    basket.last.customer
""",
        """
12 read OrderPlaced.order_id
13 read OrderPlaced.placed_by
18 read OrderPlaced.total
20 handle OrderPlaced
23 read OrderPlaced.customer
25 read OrderPlaced.lines
29 read OrderPlaced.customer
""",
    ),
    Case(
        "formats and names of several attributes",
        """
from contracts.orders import OrderPlaced
NAMES = ("customer", "placed_by")
TEXT = "{event.total.value:>{width}} {event.lines[0].sku}"
def handle(event: OrderPlaced, text: str) -> None:
    "{0.order_id} {}".format(event, 1)
    TEXT.format(event=event, width=3)
    for name in NAMES:
        getattr(event, name)
    text.format(event)
""",
        """
5 handle OrderPlaced
6 maybe OrderPlaced.order_id (named in a format)
7 maybe Amount.value (named in a format)
7 maybe Line.sku (named in a format)
7 maybe OrderPlaced.lines (named in a format)
7 maybe OrderPlaced.total (named in a format)
9 maybe OrderPlaced.customer (one of several names)
9 maybe OrderPlaced.placed_by (one of several names)
10 escape OrderPlaced (into a format, which may name fields)
""",
        reasons=True,
    ),
    Case(
        "new types are other names",
        """
from typing import NewType
from contracts.orders import OrderPlaced
Fresh = NewType("Fresh", OrderPlaced)
def show(event: Fresh):
    return event.customer
def handle(event: OrderPlaced, other):
    show(Fresh(event))
    return Fresh(other).lines
""",
        """
6 read OrderPlaced.customer
7 handle OrderPlaced
9 read OrderPlaced.lines
""",
    ),
    Case(
        "decorators of all kinds, and what stands around what they decorate",
        """
from functools import partialmethod, wraps
from typing import Callable, ParamSpec, TypeVar
from contracts.orders import OrderPlaced
P = ParamSpec("P")
R = TypeVar("R")
class timed:
    def __init__(self, name):
        self.name = name
    def __call__(self, function):
        def inner(event, *rest):
            event.placed_by
            return function(event, *rest)
        return inner
def logged(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)
    return inner
@timed("handle")
def handle(event): return event.total
@logged
def note(event: OrderPlaced): return event.customer
class Service:
    def on(self, kind, event): return event.lines
    on_placed = partialmethod(on, "placed")
def start(event: OrderPlaced) -> None:
    handle(event)
    note(event)
    Service().on_placed(event)
""",
        """
12 read OrderPlaced.placed_by
21 read OrderPlaced.total
23 read OrderPlaced.customer
25 read OrderPlaced.lines
27 handle OrderPlaced
""",
    ),
    Case(
        "mixed in, further down, called through a protocol",
        """
from typing import Protocol
from contracts.orders import OrderPlaced
class Names:
    def name(self): return self.event.customer
    def run(self, event): return self.work(event)
class Real(Names):
    def __init__(self, event: OrderPlaced) -> None:
        self.event = event
    def work(self, event): return event.lines
class Handler(Protocol):
    def __call__(self, event: OrderPlaced, /) -> None: ...
def register(handler: Handler) -> None: ...
def on_placed(event): event.total
register(on_placed)
class HasOrder(Protocol):
    order_id: str
def number(thing: HasOrder): return thing.order_id
def start(event: OrderPlaced) -> None:
    Real(event).run(event)
    number(event)
""",
        """
5 read OrderPlaced.customer
10 read OrderPlaced.lines
12 handle OrderPlaced
14 read OrderPlaced.total
18 maybe OrderPlaced.order_id
19 handle OrderPlaced
""",
    ),
]
