"""Uses that are found through functions, classes and containers without annotations."""

from __future__ import annotations

from tests.support.usage import Case

CASES = [
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
]
