"""An outbox: events wait in a list of pairs until they are published."""
import contracts
from contracts.orders import OrderPlaced
from contracts.shared import Amount


class Outbox:
    def __init__(self):
        self.waiting = []

    def add(self, channel, event):
        self.waiting.append((channel, event))

    async def flush(self, publish):
        for channel, event in self.waiting:
            await publish(channel, contracts.encode(event), key=event.order_id)  #: R OrderPlaced.order_id
        self.waiting.clear()


def place(outbox: Outbox) -> None:
    event = OrderPlaced(order_id="1", customer="c", total=Amount(value=1, unit="EUR"), lines=[], placed_by="x")  #: C OrderPlaced, W OrderPlaced.order_id, W OrderPlaced.customer, W OrderPlaced.total, C Amount, W Amount.value, W Amount.unit, W OrderPlaced.lines, W OrderPlaced.placed_by
    outbox.add("orders", event)
