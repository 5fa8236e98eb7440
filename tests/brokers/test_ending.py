"""A service that ends leaves nothing behind that others would have to wait for."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.support.brokers.world import World, running, scenario, until

KEYS = "abcdefghijklmnop"
ROUNDS = 8


@scenario
async def test_what_it_had_not_begun_goes_to_another_instance_at_once(world: World) -> None:
    from shop.orders import OrderPlaced

    got: list[Any] = []

    def instance() -> Any:
        bus = world.bus("billing", redeliver_after=60.0)

        @bus.subscriber(OrderPlaced)
        async def handle(event: OrderPlaced) -> None:
            await asyncio.sleep(0.001)
            got.append((event.order, event.number))

        return bus

    async with running(sender := world.bus("web")):
        for number in range(40):
            await asyncio.gather(*(sender.publish(OrderPlaced(order=key, number=number)) for key in KEYS))
    for part in range(1, ROUNDS):
        async with running(instance()):
            await until(lambda part=part: len(got) >= part * 40 * len(KEYS) // ROUNDS)  # type: ignore[misc]
    async with running(instance()):
        await until(lambda: len(got) >= 40 * len(KEYS), 50)
        await asyncio.sleep(0.3)
    assert sorted(got) == sorted((key, number) for key in KEYS for number in range(40))
