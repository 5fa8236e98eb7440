"""Dataclass envelope."""

from dataclasses import dataclass, field

from contracts.orders import OrderPlaced


@dataclass
class Envelope:
    event: OrderPlaced
    headers: dict[str, str] = field(default_factory=dict)


def unwrap(envelope: Envelope) -> str:
    return envelope.event.customer  #: R OrderPlaced.customer


def receive(event: OrderPlaced) -> None:
    envelope = Envelope(event, {"by": event.placed_by})  #: R OrderPlaced.placed_by
    unwrap(envelope)
    log(envelope)


def log(envelope):
    print(envelope.event.order_id, envelope.headers)  #: R OrderPlaced.order_id
