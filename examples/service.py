"""A service on the broker that BROKER_URL names, NATS or Kafka: it notes whose address has changed."""

import os

from contracts.customers import AddressChanged
from contracts.integrations.faststream import Bus, Received

bus = Bus(os.environ.get("BROKER_URL", "nats://127.0.0.1:4222"), service="diary")


@bus.subscriber(AddressChanged)
async def note(event: AddressChanged, received: Received) -> None:
    print(f"{event.customer_id} moves on {event.effective_on}, says {received.source}", flush=True)


if __name__ == "__main__":
    bus.run()
