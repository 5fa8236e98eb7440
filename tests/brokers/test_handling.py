"""A message at a handler: as today's class, in order, tried again, never skipped."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from tests.support.brokers.world import World, running, scenario, until


@scenario
async def test_an_event_arrives_as_an_object_with_its_attributes(world: World) -> None:
    from shop.integrations.faststream import Received
    from shop.orders import OrderPlaced

    got: list[Any] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced, received: Received) -> None:
        got.append((event, received))

    event = OrderPlaced(order="a b/ü%", number=1)
    async with running(bus):
        message_id = await bus.publish(event)
        await until(lambda: got)
    [(seen, received)] = got
    assert seen == event
    assert (received.id, received.type) == (message_id, "shop.orders.OrderPlaced")
    assert (received.source, received.key) == ("billing", "a b/ü%")
    assert received.time.startswith("2")
    assert received.time.endswith("Z")
    assert uuid.UUID(message_id).version == 4


@scenario
async def test_an_event_without_a_key_arrives(world: World) -> None:
    from shop.orders import SaleAnnounced

    got: list[str] = []
    bus = world.bus("billing")

    @bus.subscriber(SaleAnnounced)
    async def handle(event: SaleAnnounced) -> None:
        got.append(event.text)

    async with running(bus):
        await bus.publish(SaleAnnounced(text="today"))
        await until(lambda: got == ["today"])


@scenario
async def test_what_was_sent_before_a_service_first_started_arrives(world: World) -> None:
    from shop.orders import OrderPlaced

    got: list[int] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        got.append(event.number)

    async with running(sender := world.bus("web")):
        await sender.publish(OrderPlaced(order="a", number=1))
    async with running(bus):
        await until(lambda: got == [1])


@scenario
async def test_handlers_share_a_channel_and_take_what_is_theirs(world: World) -> None:
    from shop.orders import OrderPaid, OrderShipped

    got: list[Any] = []
    bus, other = world.bus("billing"), world.bus("stock")

    @bus.subscriber(OrderPaid)
    async def paid(event: OrderPaid) -> None:
        got.append(("paid", event))

    @bus.subscriber(OrderShipped)
    async def shipped(event: OrderShipped) -> None:
        got.append(("shipped", event))

    @other.subscriber(OrderShipped, OrderPaid)
    async def both(event: OrderShipped | OrderPaid) -> None:
        got.append(("both", event))

    events = [OrderPaid(order="a", number=1), OrderShipped(order="a", number=2), OrderPaid(order="a", number=3)]
    async with running(bus, other):
        for event in events:
            await bus.publish(event)
        await until(lambda: len(got) == 6)
    assert [seen for who, seen in got if who == "both"] == events
    assert [(who, seen) for who, seen in got if who != "both"] == list(
        zip(("paid", "shipped", "paid"), events, strict=True)
    )


@scenario
async def test_a_contract_of_the_channel_that_nobody_here_handles_is_passed_over(world: World) -> None:
    from shop.orders import OrderPaid, OrderShipped

    got: list[int] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPaid)
    async def handle(event: OrderPaid) -> None:
        got.append(event.number)

    async with running(bus):
        await bus.publish(OrderShipped(order="a", number=1))
        await bus.publish(OrderPaid(order="a", number=2))
        await until(lambda: got == [2])
    assert await world.dead("orders.journal") == []


@scenario
async def test_a_failing_handler_is_called_again_and_what_follows_waits(world: World) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    calls: list[int] = []
    bus = world.bus("billing", retry=Retry(attempts=4, first=0.01))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        calls.append(event.number)
        if calls.count(1) < 3:
            raise ValueError("not yet")

    async with running(bus):
        for number in (1, 2, 3):
            await bus.publish(OrderPlaced(order="a", number=number))
        await until(lambda: 3 in calls)
    assert calls == [1, 1, 1, 2, 3]
    assert await world.dead("orders.placed") == []


@scenario
async def test_faststreams_own_exceptions_mean_what_they_say(world: World) -> None:
    from faststream.exceptions import AckMessage, NackMessage, RejectMessage
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    calls: list[int] = []
    bus = world.bus("billing", retry=Retry(attempts=2, first=0.01))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        calls.append(event.number)
        if event.number == 1:
            raise AckMessage
        if event.number == 2:
            raise RejectMessage
        if event.number == 3 and calls.count(3) < 6:
            raise NackMessage

    async with running(bus):
        for number in range(1, 5):
            await bus.publish(OrderPlaced(order="a", number=number))
        await until(lambda: 4 in calls)
    assert calls == [1, 2, 3, 3, 3, 3, 3, 3, 4]
    [letter] = await world.dead("orders.placed")
    assert letter.reason == "RejectMessage: Message was rejected"


@scenario
async def test_errors_that_no_message_is_to_blame_for_never_make_a_dead_letter(world: World) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    calls: list[int] = []
    bus = world.bus("billing", retry=Retry(attempts=2, first=0.01, factor=1), transient=(ConnectionError,))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        calls.append(event.number)
        if len(calls) < 12:
            raise ConnectionRefusedError("upstream is down")

    async with running(bus):
        await bus.publish(OrderPlaced(order="a", number=1))
        await until(lambda: len(calls) == 12)
    assert await world.dead("orders.placed") == []


@scenario
async def test_what_a_handler_publishes_has_the_same_id_each_time(world: World) -> None:
    from shop.integrations.faststream import Received, Retry
    from shop.orders import OrderConfirmed, OrderPlaced

    got: list[tuple[int, str]] = []
    sent: list[str] = []
    bus = world.bus("billing", retry=Retry(attempts=3, first=0.01))

    @bus.subscriber(OrderPlaced)
    async def place(event: OrderPlaced) -> None:
        sent.append(await bus.publish(OrderConfirmed(order=event.order, number=1)))
        sent.append(await bus.publish(OrderConfirmed(order=event.order, number=2)))
        if len(sent) < 6:
            raise ValueError("after it was sent")

    @bus.subscriber(OrderConfirmed)
    async def confirm(event: OrderConfirmed, received: Received) -> None:
        got.append((event.number, received.id))

    async with running(bus):
        await bus.publish(OrderPlaced(order="a", number=1))
        await until(lambda: len(sent) == 6)
        await until(lambda: len(got) >= 2)
        await asyncio.sleep(0.2)
    first, second = sent[:2]
    assert first != second
    assert sent == [first, second] * 3
    assert set(got) == {(1, first), (2, second)}  # how often is the broker's business: JetStream drops repeats


@scenario
async def test_instances_share_the_work_and_keep_the_order_of_each_key(world: World) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    got: list[tuple[str, int]] = []
    failed: set[tuple[str, int]] = set()
    buses = [world.bus("billing", retry=Retry(first=0.001)) for _ in range(3)]

    for bus in buses:

        @bus.subscriber(OrderPlaced)
        async def handle(event: OrderPlaced) -> None:
            await asyncio.sleep(0.001)
            this = (event.order, event.number)
            if event.number % 10 == 3 and this not in failed:
                failed.add(this)
                raise ValueError("once")
            got.append(this)

    async with running(*buses):
        for number in range(25):
            await asyncio.gather(*(buses[0].publish(OrderPlaced(order=key, number=number)) for key in "abcdefgh"))
        await until(lambda: len(got) >= 8 * 25, 60)
    for key in "abcdefgh":
        numbers = [number for order, number in got if order == key]
        assert list(dict.fromkeys(numbers)) == list(range(25)), key


@scenario
async def test_a_slow_handler_keeps_its_message(world: World) -> None:
    """It takes longer than an instance that died would be waited for."""
    from shop.orders import OrderPlaced

    began: list[int] = []
    buses = [world.bus("billing", redeliver_after=1.5) for _ in range(2)]
    for bus in buses:

        @bus.subscriber(OrderPlaced)
        async def handle(event: OrderPlaced) -> None:
            began.append(event.number)
            await asyncio.sleep(3)

    async with running(*buses):
        for number in (1, 2):
            await buses[0].publish(OrderPlaced(order="a", number=number))
        await until(lambda: 2 in began)
        await asyncio.sleep(3.2)
    assert began == [1, 2]


def test_a_contract_has_one_handler_a_service(world: World) -> None:
    from shop.integrations.faststream import IntegrationError
    from shop.orders import OrderPlaced

    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def first(event: OrderPlaced) -> None: ...

    async def second(event: OrderPlaced) -> None: ...

    with pytest.raises(IntegrationError) as caught:
        bus.subscriber(OrderPlaced)(second)
    assert str(caught.value) == (
        f"shop.orders.OrderPlaced is handled by {first.__qualname__} already; let that call {second.__qualname__} too"
    )


def test_what_travels_through_no_channel_cannot_be_subscribed_to(world: World) -> None:
    from shop.integrations.faststream import NoChannelError
    from shop.orders import Note

    async def handle(event: Note) -> None: ...

    with pytest.raises(NoChannelError) as caught:
        world.bus("billing").subscriber(Note)(handle)
    assert str(caught.value) == (
        'shop.orders.Note travels through no channel: its schema has no "contract" with a "channel", or is no event, '
        "command, answer or snapshot"
    )
