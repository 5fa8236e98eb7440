"""Rows for sqlite, straight from generators."""
import sqlite3
from typing import Iterable, Iterator, Tuple

from contracts.parcels import ParcelShipped

Row = Tuple[str, str, int, int]


def rows(events: Iterable[ParcelShipped]) -> Iterator[Row]:
    for event in events:
        for item in event.items:  #: R ParcelShipped.items
            yield event.parcel_id, item.sku, item.count, item.price.value  #: R ParcelShipped.parcel_id, R Item.sku, R Item.count, R Item.price, R Amount.value


def store(db: sqlite3.Connection, events: Iterable[ParcelShipped]) -> int:  #: H ParcelShipped
    batch = list(events)
    with db:
        db.executemany("INSERT INTO content VALUES (?, ?, ?, ?)", rows(batch))
        cursor = db.executemany(
            "INSERT OR REPLACE INTO parcel VALUES (?, ?, ?)",
            ((e.parcel_id, e.weight, e.destination.zone) for e in batch),  #: R ParcelShipped.parcel_id, R ParcelShipped.weight, R ParcelShipped.destination, R Place.zone
        )
    return cursor.rowcount
