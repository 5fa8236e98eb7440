"""A table for the console, its columns as functions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    title: str
    get: Callable[[T], Any]
    width: int = 12


ORDERS: list[Column[OrderPlaced]] = [
    Column("order", lambda o: o.order_id),  #: R OrderPlaced.order_id
    Column("cents", lambda o: o.total.value, width=8),  #: R OrderPlaced.total, R Amount.value
    Column("first", lambda o: o.lines[0].sku if o.lines else "-"),  #: R OrderPlaced.lines, R Line.sku
]
RETURNS = (
    Column[ParcelReturned]("parcel", lambda r: r.parcel_id),  #: R ParcelReturned.parcel_id
    Column[ParcelReturned]("why", lambda r: r.reason[:12]),  #: R ParcelReturned.reason
)


def render(columns: Iterable[Column[T]], rows: Iterable[T]) -> str:
    columns = list(columns)
    head = " ".join(column.title.ljust(column.width) for column in columns)
    body = (" ".join(str(column.get(row)).ljust(column.width) for column in columns) for row in rows)
    return "\n".join([head, *body])


def show(orders: list[OrderPlaced], returns: list[ParcelReturned]) -> None:  #: H OrderPlaced, H ParcelReturned
    print(render(ORDERS, orders), render(RETURNS, returns), sep="\n\n")
