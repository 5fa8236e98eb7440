"""An envelope with headers around any event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Generic, TypeVar

import contracts
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R", bound=contracts.Record)


@dataclass(frozen=True, slots=True)
class Envelope(Generic[T]):
    payload: T
    headers: dict[str, str] = field(default_factory=dict)
    received: datetime = field(default_factory=lambda: datetime.now(timezone.utc))

    def map(self, function: Callable[[T], U]) -> Envelope[U]:
        return Envelope(function(self.payload), self.headers, self.received)


def opened(data: bytes, cls: type[R]) -> Envelope[R]:
    return Envelope(contracts.decode(data, cls))


def on_shipped(envelope: Envelope[ParcelShipped]) -> str:  #: H ParcelShipped
    trace = envelope.headers.get("trace", "-")
    courier = envelope.map(lambda p: p.courier).payload  #: R ParcelShipped.courier
    return f"{trace} {envelope.payload.parcel_id} {courier.name if courier else '-'}"  #: R ParcelShipped.parcel_id, R Courier.name


def on_order(data: bytes) -> int:
    total = opened(data, OrderPlaced).map(lambda order: order.total)  #: H OrderPlaced, R OrderPlaced.total
    return total.payload.value  #: R Amount.value
