"""What cannot be decoded or handled: kept with its reason, its position and its bytes, and what follows goes on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from tests.support.brokers.server import Headers
from tests.support.brokers.shop import single_object
from tests.support.brokers.world import World, running, scenario, until

HEADERS = {"nats": (b"ce-id", b"ce-type"), "kafka": (b"ce_id", b"ce_type")}


def said(world: World, message_id: str, type_: str = "shop.orders.OrderPlaced") -> Headers:
    """The headers of a message from elsewhere."""
    id_name, type_name = HEADERS["kafka" if world.is_kafka else "nats"]
    return [(id_name, message_id.encode()), (type_name, type_.encode())]


def encoded(number: int) -> bytes:
    import shop
    from shop.orders import OrderPlaced

    return bytes(shop.encode(OrderPlaced(order="a", number=number)))


async def handled(world: World, *puts: tuple[bytes | None, Headers], stop_at: int = 9, **options: Any) -> list[Any]:
    """Put messages into one partition of a channel, then a good one, and return what a service was given."""
    from shop.integrations.faststream import Received, Retry
    from shop.orders import OrderPlaced

    got: list[Any] = []
    bus = world.bus("billing", **{"retry": Retry(attempts=2, first=0.01), **options})

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced, received: Received) -> None:
        got.append((event.number, received.id))

    for body, headers in (*puts, (encoded(stop_at), said(world, "the-last"))):
        world.server.put(world.channel("orders.placed"), 1, body, headers)
    async with running(bus):
        await until(lambda: got and got[-1][0] == stop_at)
    return got


@scenario
async def test_a_header_that_is_not_utf_8_does_not_keep_a_message_from_its_handler(world: World) -> None:
    bad: Headers = [*said(world, "first"), (b"note", b"caf\xe9 \xff\xfe")]
    assert await handled(world, (encoded(1), bad)) == [(1, "first"), (9, "the-last")]
    assert await world.dead("orders.placed") == []


@scenario
async def test_a_message_without_an_id_is_known_by_its_position(world: World) -> None:
    offset = 0 if world.is_kafka else 1
    expected = f"{world.channel('orders.placed')}/1/{offset}"
    assert await handled(world, (encoded(1), [])) == [(1, expected), (9, "the-last")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(
            None,
            "DecodeError: message (byte 0): not a single-object message: it begins with nothing, not c301",
            id="tombstone",
        ),
        pytest.param(
            b"",
            "DecodeError: message (byte 0): not a single-object message: it begins with nothing, not c301",
            id="empty",
        ),
        pytest.param(
            b'{"order": 1}',
            "DecodeError: message (byte 0): not a single-object message: it begins with 7b22, not c301",
            id="json",
        ),
        pytest.param(
            b"\xc3\x01\x00",
            "DecodeError: message (byte 0): 3 of the header's 10 bytes are there",
            id="half-header",
        ),
        pytest.param(
            b"\xc3\x01" + b"\xee" * 8 + b"x",
            "UnknownSchemaError: fingerprint 0xeeeeeeeeeeeeeeee: no schema of the package has it, and the resolver "
            "does not know it",
            id="unknown-fingerprint",
        ),
    ],
)
@scenario
async def test_what_cannot_be_decoded_becomes_a_dead_letter(world: World, body: bytes | None, reason: str) -> None:
    headers: Headers = [*said(world, "bad"), (b"note", b"kept")]
    assert await handled(world, (body, headers)) == [(9, "the-last")]
    [letter] = await world.dead("orders.placed")
    assert (letter.service, letter.reason, letter.arrived.body) == ("billing", reason, body or b"")
    position = letter.arrived.position
    assert (position.channel, position.partition) == (world.channel("orders.placed"), 1)
    assert position.offset == (0 if world.is_kafka else 1)
    assert ("note", b"kept") in letter.arrived.headers
    assert (headers[0][0].decode(), b"bad") in letter.arrived.headers


@scenario
async def test_a_truncated_body_becomes_a_dead_letter(world: World) -> None:
    assert await handled(world, (encoded(1)[:-1], said(world, "bad"))) == [(9, "the-last")]
    [letter] = await world.dead("orders.placed")
    assert letter.reason == "DecodeError: shop.orders.OrderPlaced.note (byte 13): the bytes end inside a number"
    assert letter.arrived.body == encoded(1)[:-1]


@scenario
async def test_a_type_that_the_channel_does_not_carry_becomes_a_dead_letter(world: World) -> None:
    import shop
    from shop.orders import OrderConfirmed

    body = shop.encode(OrderConfirmed(order="a", number=1))
    assert await handled(world, (body, said(world, "bad"))) == [(9, "the-last")]
    [letter] = await world.dead("orders.placed")
    assert letter.reason == "LookupError: the channel does not carry shop.orders.OrderConfirmed"


@scenario
async def test_a_type_that_nobody_here_knows_becomes_a_dead_letter(world: World) -> None:
    unknown = {"type": "record", "name": "shop.orders.OrderReturned", "fields": [{"name": "order", "type": "string"}]}
    body, text = single_object(unknown, {"order": "a"}), json.dumps(unknown)
    await announce(world, body, text)
    assert await handled(world, (body, said(world, "bad"))) == [(9, "the-last")]
    [letter] = await world.dead("orders.placed")
    assert letter.reason == (
        "DecodeError: shop.orders.OrderReturned: no type of the package has this name or alias; give the class to "
        "read it as"
    )


@scenario
async def test_a_schema_that_arrives_late_is_waited_for(world: World) -> None:
    from shop.integrations.faststream import Retry

    body, text = (
        single_object(WITH_COUPON, {"order": "a", "number": 5, "note": b"", "coupon": "x"}),
        json.dumps(WITH_COUPON),
    )

    async def later() -> None:
        await asyncio.sleep(0.5)
        await announce(world, body, text)

    task = asyncio.create_task(later())
    patient = Retry(attempts=40, first=0.1, factor=1)
    assert await handled(world, (body, said(world, "new")), retry=patient) == [(5, "new"), (9, "the-last")]
    await task


@scenario
async def test_a_handler_that_fails_for_good_leaves_a_dead_letter_and_the_next_message_is_handled(world: World) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    calls: list[int] = []
    bus = world.bus("billing", retry=Retry(attempts=3, first=0.01))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        calls.append(event.number)
        if event.number == 2:
            raise RuntimeError("no\nsuch order " + "x" * 1000)

    async with running(bus):
        for number in (1, 2, 3):
            await bus.publish(OrderPlaced(order="a", number=number))
        await until(lambda: 3 in calls)
    assert calls == [1, 2, 2, 2, 3]
    [letter] = await world.dead("orders.placed")
    assert letter.reason == ("RuntimeError: no such order " + "x" * 1000)[:500]
    assert letter.arrived.body == encoded(2)


@scenario
async def test_a_message_of_10_mb_is_refused_before_it_is_sent(world: World) -> None:
    from shop.integrations.faststream import TooLargeError
    from shop.orders import OrderPlaced

    got: list[int] = []
    bus = world.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        got.append(len(event.note))

    async with running(bus):
        with pytest.raises(TooLargeError) as caught:
            await bus.publish(OrderPlaced(order="a", number=1, note=b"x" * 10_000_000))
        await bus.publish(OrderPlaced(order="a", number=1, note=b"x" * 999_900))
        await until(lambda: got == [999_900])
    assert str(caught.value) == "shop.orders.OrderPlaced: 10000017 bytes, and brokers take 1000000"


@pytest.mark.parametrize(
    ("letter", "size"),
    [pytest.param("x", 1_047_900, id="ascii"), pytest.param("\N{GRINNING FACE}", 1_047_000, id="four-bytes-a-letter")],
)
@scenario
async def test_the_largest_message_can_become_a_dead_letter_and_be_redriven(
    world: World, letter: str, size: int
) -> None:
    from shop.integrations.faststream import Retry
    from shop.orders import OrderPlaced

    got: list[int] = []
    is_broken = True
    bus = world.bus("billing", retry=Retry(attempts=1))

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None:
        if is_broken:
            raise ValueError(letter * 2000)
        got.append(len(event.note))

    import shop

    event = OrderPlaced(order="a", number=1, note=b"x" * (1_000_000 if world.is_kafka else size))
    async with running(bus):
        world.server.put(world.channel("orders.placed"), 0, shop.encode(event), said(world, "large"))
        await until(lambda: world.dead("orders.placed"))
        is_broken = False
        assert (await asyncio.to_thread(world.command, "redrive")).code == 0
        await until(lambda: got == [len(event.note)])


WITH_COUPON = {
    "type": "record",
    "name": "shop.orders.OrderPlaced",
    "fields": [
        {"name": "order", "type": "string"},
        {"name": "coupon", "type": "string"},
        {"name": "number", "type": "int"},
        {"name": "note", "type": "bytes"},
    ],
}


async def announce(world: World, body: bytes, text: str) -> None:
    """Put a writer's schema into the store, as writers do before their first message."""
    from shop._runtime.integrations.faststream.transport import Row

    bus = world.bus("elsewhere")
    key = f"{int.from_bytes(body[2:10], 'little'):016x}"
    await bus.transport.table("avow-schemas").put(Row(key, [], text.encode()))
    await bus.broker.stop()
