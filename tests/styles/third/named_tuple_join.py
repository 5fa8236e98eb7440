"""Joins orders and parcels as they come."""

from typing import Dict, Iterable, Iterator, NamedTuple, Optional, Union

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped


class Pair(NamedTuple):
    order: OrderPlaced
    parcel: ParcelShipped
    late: bool = False


def join(stream: Iterable[Union[OrderPlaced, ParcelShipped]]) -> Iterator[Pair]:
    waiting: Dict[str, OrderPlaced] = {}
    for event in stream:
        if isinstance(event, OrderPlaced):
            waiting[event.order_id] = event  #: R OrderPlaced.order_id
        else:
            order: Optional[OrderPlaced] = waiting.pop(event.note, None)  #: R ParcelShipped.note
            if order is not None:
                yield Pair(order, event)


def summary(stream: Iterable[Union[OrderPlaced, ParcelShipped]]) -> None:  #: H OrderPlaced, H ParcelShipped
    for order, parcel, late in join(stream):
        print(order.customer, parcel.destination.town, late)  #: R OrderPlaced.customer, R ParcelShipped.destination, R Place.town


def count_items(pair: Pair) -> bool:
    ordered = sum(line.quantity for line in pair.order.lines)  #: R Line.quantity, R OrderPlaced.lines
    sent = sum(item.count for item in pair[1].items)  #: R Item.count, R ParcelShipped.items
    return ordered == sent and not pair._replace(late=True).parcel.labels  #: R ParcelShipped.labels
