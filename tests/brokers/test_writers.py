"""Two versions of a generated package on one broker: each reads what the other writes, wherever Avro can."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.support.brokers.shop import OLDER, OLDER_SHIPPED, single_object
from tests.support.brokers.world import World, running, scenario, until


@pytest.mark.parametrize(("writer", "reader"), [("newer_shop", "shop"), ("shop", "newer_shop")])
@scenario
async def test_what_one_version_writes_arrives_as_the_class_of_the_other(
    world: World, writer: str, reader: str
) -> None:
    from importlib import import_module

    written = import_module(f"{writer}.orders").OrderPlaced
    read = import_module(f"{reader}.orders").OrderPlaced
    got: list[Any] = []
    bus = world.bus("billing", reader)
    narrow = "newer_shop" in reader  # its number is an int, which cannot hold what a long can

    @bus.subscriber(read)
    async def handle(event: Any) -> None:
        got.append(event)

    async with running(sender := world.bus("web", writer), bus):
        await sender.publish(written(order="a", number=7, note=b"n"))
        if narrow:
            await until(lambda: _dead(world))
        else:
            await until(lambda: got)
    assert got == ([] if narrow else [read(order="a", number=7, note=b"n")])


@scenario
async def test_what_a_released_version_wrote_arrives_as_the_class_of_today(world: World) -> None:
    from shop.orders import OrderPaid, OrderPlaced

    got: list[Any] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced, OrderPaid)
    async def handle(event: OrderPlaced | OrderPaid) -> None:
        got.append(event)

    older, shipped = (single_object(OLDER, {"order": "a", "number": 1}), single_object(OLDER_SHIPPED, {"number": 1}))
    world.server.put(world.channel("orders.placed"), 0, older)
    for _ in range(2):
        world.server.put(world.channel("orders.journal"), 0, shipped)  # nobody here subscribed to it
    async with running(bus):
        await until(lambda: got)
        await bus.publish(OrderPaid(order="a", number=2))
        await until(lambda: len(got) == 2)
        await asyncio.sleep(0.3)
    assert got == [OrderPlaced(order="a", number=1), OrderPaid(order="a", number=2)]
    assert await world.dead("orders.placed") == await world.dead("orders.journal") == []


@scenario
async def test_what_a_newer_version_writes_is_passed_over_where_it_is_not_subscribed_to(world: World) -> None:
    from newer_shop.orders import OrderPaid, OrderShipped  # type: ignore[import-not-found]
    from shop.orders import OrderPaid as Paid

    got: list[int] = []
    bus = world.bus("billing")

    @bus.subscriber(Paid)
    async def handle(event: Paid) -> None:
        got.append(event.number)

    async with running(sender := world.bus("web", "newer_shop"), bus):
        for number in (1, 2):
            await sender.publish(OrderShipped(order="a", number=number))
        await sender.publish(OrderPaid(order="a", number=3))
        await until(lambda: got == [3])
    assert await world.dead("orders.journal") == []


async def _dead(world: World) -> bool:
    return bool(await world.dead("orders.placed"))
