"""The command that shows dead letters and sends them again."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from tests.support.brokers.world import World, running, scenario, until


def shown(text: str, world: World) -> str:
    """What is the same in every run."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text.replace(world.prefix, "TEST"))
    return re.sub(r"billing\.\d\.\d+", "billing.P.N", text)


@scenario
async def test_dead_letters_are_shown_and_redriven_to_the_service_that_could_not_handle_them(world: World) -> None:
    from shop.integrations.faststream import Received, Retry
    from shop.orders import OrderPlaced

    got: list[tuple[str, int, str]] = []
    is_broken = True
    once = Retry(attempts=1)
    billing, stock = world.bus("billing", retry=once), world.bus("stock", retry=once)

    @billing.subscriber(OrderPlaced)
    async def bill(event: OrderPlaced, received: Received) -> None:
        if is_broken and event.number > 1:
            raise ValueError("no price")
        got.append(("billing", event.number, received.id))

    @stock.subscriber(OrderPlaced)
    async def pick(event: OrderPlaced, received: Received) -> None:
        got.append(("stock", event.number, received.id))

    async with running(billing, stock):
        for number in (1, 2, 3):
            await billing.publish(OrderPlaced(order="a", number=number), message_id=f"id-{number}")
        await until(lambda: len(got) == 4)
        await until(lambda: _count(world, 2))
        said = await asyncio.to_thread(world.command, "dead-letters")
        is_broken = False
        [first, second] = re.findall(r"^\S+/billing\S+$", said.out, re.MULTILINE)
        again = await asyncio.to_thread(world.command, "redrive", first)
        await until(lambda: ("billing", 2, "id-2") in got)
        left = await asyncio.to_thread(world.command, "dead-letters", "--service", "billing")
        await asyncio.to_thread(world.command, "redrive", "--channel", world.channel("orders.placed"))
        await until(lambda: ("billing", 3, "id-3") in got)
        await asyncio.sleep(0.3)
        empty = await asyncio.to_thread(world.command, "dead-letters")

    entry = (
        "TEST.orders.placed/billing.P.N\n  when     TIME\n  reason   ValueError: no price\n  message  shop.orders.{}"
    )
    assert said.code == 0
    assert shown(said.out, world) == "".join(
        entry.format(f"OrderPlaced id-{number} key a\n  body     14 bytes: {_body(number)}\n") for number in (2, 3)
    ) + ("2 dead letters\n")
    assert (again.code, again.out) == (0, f"{first} was sent again\n")
    assert second in left.out
    assert first not in left.out
    assert (empty.code, empty.out) == (0, "0 dead letters\n")
    assert sorted(got) == [(who, n, f"id-{n}") for who in ("billing", "stock") for n in (1, 2, 3)]


@scenario
async def test_a_redriven_message_that_fails_again_is_a_dead_letter_again(world: World) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    calls: list[int] = []
    bus = world.bus("billing", retry=Retry(attempts=1))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        calls.append(event.number)
        raise ValueError("never")

    async with running(bus):
        await bus.publish(OrderPlaced(order="a", number=1))
        await until(lambda: _count(world, 1))
        for times in (2, 3):
            assert (await asyncio.to_thread(world.command, "redrive")).code == 0
            await until(lambda times=times: len(calls) == times)
            await until(lambda: _count(world, 1))
    assert calls == [1, 1, 1]


def test_a_dead_letter_that_is_not_there_is_named(world: World) -> None:
    said = world.command("redrive", "somewhere/billing.1.1")
    assert (said.code, said.out, said.err) == (2, "", "no such dead letter: somewhere/billing.1.1\n")


def test_a_channel_that_is_not_there_is_named(world: World) -> None:
    said = world.command("dead-letters", "--channel", "orders.lost")
    assert (said.code, said.out, said.err) == (2, "", "there is no channel orders.lost\n")


async def _count(world: World, count: int) -> bool:
    return len(await world.dead("orders.placed")) == count


def _body(number: int) -> Any:
    import shop
    from shop.orders import OrderPlaced

    return shop.encode(OrderPlaced(order="a", number=number)).hex()
