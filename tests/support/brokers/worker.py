"""A service in a process of its own, to be killed: `python -m tests.support.brokers.worker ROLE DATABASE`.

consumer   records each OrderPlaced as an effect, once, by its inbox
counter    appends each OrderPlaced to a file, with no inbox
relay      sends what is in its outbox
cut        does what a server of NATS closes the connection for, until it has, and settles nothing
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

logging.basicConfig(level=logging.WARNING)

effects = sa.Table(
    "effects",
    sa.MetaData(),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(50)),
    sa.Column("number", sa.Integer),
)


def ready() -> None:
    print("ready", flush=True)


def make_bus(service: str, **options: Any) -> Any:
    from shop.integrations.faststream import Bus

    return Bus(
        os.environ["BROKER_URL"],
        service=service,
        prefix=os.environ["CHANNEL_PREFIX"],
        redeliver_after=2.0,
        patience=float(os.environ.get("PATIENCE", "60")),
        **options,
    )


def consumer(database: str) -> None:
    from shop.integrations.faststream import Received
    from shop.integrations.outbox import Inbox, connect
    from shop.orders import OrderPlaced

    bus, inbox, engine = make_bus("billing"), Inbox("billing"), connect(database)
    effects.create(engine, checkfirst=True)

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced, received: Received) -> None:
        with engine.begin() as transaction:
            if inbox.add(transaction, received.id):
                transaction.execute(effects.insert(), {"key": event.order, "number": event.number})

    bus.run(after_startup=[ready])


def counter(file: str) -> None:
    from shop.orders import OrderPlaced

    bus = make_bus("billing")

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        await asyncio.sleep(0.005)
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(f"{event.order} {event.number}\n")

    bus.run(after_startup=[ready])


def relay(database: str) -> None:
    from shop.integrations.outbox import Relay, connect

    bus, engine = make_bus("web"), connect(database)
    sender = Relay(engine, bus.send)
    bus.run(after_startup=[sender.start, ready], on_shutdown=[sender.stop])


def cut(_: str) -> None:
    from nats.errors import Error as NatsError
    from shop.orders import OrderPlaced

    bus = make_bus("billing", graceful_timeout=2)

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        await asyncio.sleep(1)  # by then the service has started
        while True:  # a handler that returned would have its message settled, were the client connected again by then
            with suppress(NatsError):
                await bus.broker.publish(b"x" * 1_048_000, "anywhere", {"more": "x" * 1000})
            await asyncio.sleep(0.1)

    bus.run(after_startup=[ready])


if __name__ == "__main__":
    {"consumer": consumer, "counter": counter, "relay": relay, "cut": cut}[sys.argv[1]](sys.argv[2])
