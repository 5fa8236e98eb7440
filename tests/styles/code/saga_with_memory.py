"""A process that remembers events of several kinds until it can act."""
from dataclasses import dataclass, field

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped


@dataclass
class Memory:
    placed: OrderPlaced | None = None
    shipped: list[ParcelShipped] = field(default_factory=list)


class Delivery:
    def __init__(self) -> None:
        self.memories: dict[str, Memory] = {}

    def on_placed(self, event: OrderPlaced) -> None:  #: H OrderPlaced
        self.memories.setdefault(event.order_id, Memory()).placed = event  #: R OrderPlaced.order_id

    def on_shipped(self, event: ParcelShipped, order_id: str) -> None:  #: H ParcelShipped
        memory = self.memories.setdefault(order_id, Memory())
        memory.shipped.append(event)
        if memory.placed and len(memory.shipped) == len(memory.placed.lines):  #: R OrderPlaced.lines
            self.done(memory)

    def done(self, memory: Memory) -> str:
        assert memory.placed is not None
        names = [each.courier.phone for each in memory.shipped if each.courier]  #: R ParcelShipped.courier, R Courier.phone, R ParcelShipped.courier
        return memory.placed.placed_by + "".join(names)  #: R OrderPlaced.placed_by
