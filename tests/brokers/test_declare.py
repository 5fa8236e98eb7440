"""What the broker should hold: made where it is missing, shown where it differs, never changed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.brokers.shop import PLACED, contract, make_shop
from tests.support.brokers.start import make_server
from tests.support.brokers.world import World, running, scenario

KINDS = {"nats": ("bucket", "stream"), "kafka": ("schemas", "topic")}


def lines(world: World, text: str, state: str = "made") -> list[str]:
    """What the command says of everything; all but replicas are of one."""
    table, stream = KINDS["kafka" if world.is_kafka else "nats"]
    more = ", partitions 1, cleanup compact" if world.is_kafka else ""
    copies = f"replicas {world.replicas}"
    channels = [
        ("orders.confirmed", 4, 604800),
        ("orders.journal", 4, 604800),
        ("orders.placed", 4, 604800),
        ("sales", 1, 0),
    ]
    found = [f"{table} avow-schemas: {state}{more}, {copies}"] if "avow-schemas" in text else []
    for name, partitions, retention in channels:
        channel = world.channel(name)
        found.append(f"{stream} {channel}: {state}, partitions {partitions}, retention {retention}, {copies}")
        found.append(f"dead letters dead.{channel}: {state}{more}, {copies}")
    return found


@pytest.fixture
def bare(server: Any, shops: list[Path], request: pytest.FixtureRequest) -> World:
    return World(server, shops, f"declare-{abs(hash(request.node.nodeid))}")


def test_it_makes_what_is_missing_and_says_nothing_the_second_time(bare: World) -> None:
    checked = bare.command("declare", "--check", "--replicas", str(bare.replicas))
    made = bare.declare()
    again = bare.declare()
    assert checked.out.splitlines()[:-1] == lines(bare, checked.out, "missing")
    assert checked.code == 1
    assert (made.code, made.out.splitlines()) == (0, lines(bare, made.out))
    assert again == (0, "", "")


def test_a_service_says_what_has_to_be_declared_first(bare: World) -> None:
    from shop.integrations.faststream import IntegrationError
    from shop.orders import OrderPlaced

    bus = bare.bus("billing")

    @bus.subscriber(OrderPlaced)
    async def handle(event: OrderPlaced) -> None: ...

    async def start() -> None:
        try:
            await bus.broker.start()
        finally:
            await bus.broker.stop()

    with pytest.raises(IntegrationError) as caught:
        asyncio.run(start())
    assert str(caught.value).endswith(" is not there; run `python -m shop.integrations.faststream declare`")


@scenario
async def test_a_sender_says_what_has_to_be_declared_first(bare: World) -> None:
    from shop.integrations.faststream import IntegrationError
    from shop.orders import OrderPlaced

    async with running(bus := bare.bus("web")):
        with pytest.raises(IntegrationError) as caught:
            await bus.publish(OrderPlaced(order="a", number=1))
    assert str(caught.value).endswith(" is not there; run `python -m shop.integrations.faststream declare`")


def test_what_differs_is_shown_and_left_as_it_is(bare: World, tmp_path: Path) -> None:
    bare.declare()
    bus = bare.bus("command")
    kind = "topic" if bare.is_kafka else "stream"
    channel = bare.channel("orders.placed")

    async def change() -> None:
        from shop._runtime.integrations.catalogue import Channel

        if bare.is_kafka:
            from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType

            entry = ConfigEntry("retention.ms", "3600000", incremental_operation=AlterConfigOpType.SET)
            admin = AdminClient({"bootstrap.servers": bare.url.removeprefix("kafka://")})
            resource = ConfigResource(ResourceType.TOPIC, channel, incremental_configs=[entry])
            admin.incremental_alter_configs([resource])[resource].result()
        else:
            jetstream = await bus.transport.jetstream()
            config = (await jetstream.stream_info(channel.replace(".", "~"))).config
            config.max_age, config.num_replicas = 3600, 1
            await jetstream.update_stream(config)
        [wanted] = [w for w in bus.transport.wanted([Channel(channel, 4, 604800)], [], 1) if w.kind == kind]
        assert (await bus.transport.found(wanted))["retention"] == 3600
        await bus.broker.stop()

    asyncio.run(change())
    expected = [f"{kind} {channel}: retention is 3600, and should be 604800"]
    expected += [f"{kind} {channel}: replicas is 1, and should be 3"] * (bare.replicas == 3)
    expected += ["What is there is left as it is: change it with the broker's own tools."]
    for _ in range(2):
        said = bare.declare()
        assert (said.code, said.out.splitlines()) == (1, expected)


def test_more_copies_than_asked_for_are_no_difference(bare: World) -> None:
    bare.declare()
    assert bare.command("declare", "--replicas", "1") == (0, "", "")


def test_a_service_does_not_start_on_a_channel_with_other_partitions(
    bare: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its keys would be elsewhere than those of the senders."""
    from shop.integrations.faststream import IntegrationError

    bare.declare()
    wider = {**PLACED, "contract": contract("orders.placed", partitions=8)}
    monkeypatch.syspath_prepend(make_shop(tmp_path, "wider_shop", wider))
    from wider_shop.integrations.faststream import IntegrationError as OwnError  # type: ignore[import-not-found]
    from wider_shop.orders import OrderPlaced  # type: ignore[import-not-found]

    assert OwnError is not IntegrationError
    bus = bare.bus("billing", "wider_shop")

    @bus.subscriber(OrderPlaced)
    async def handle(event: Any) -> None: ...

    async def start() -> None:
        try:
            await bus.broker.start()
        finally:
            await bus.broker.stop()

    with pytest.raises(OwnError) as caught:
        asyncio.run(start())
    kind = "topic" if bare.is_kafka else "stream"
    assert str(caught.value) == (
        f"{kind} {bare.channel('orders.placed')} has partitions 4, and should have 8; "
        "see `python -m wider_shop.integrations.faststream declare`"
    )


def test_the_durables_of_a_service_are_declared_with_it(
    bare: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if bare.is_kafka:
        return  # groups need no declaration
    bare.declare()
    (tmp_path / "billing_service.py").write_text(
        "import os\n"
        "from shop.integrations.faststream import Bus\n"
        "from shop.orders import OrderPlaced\n"
        f'bus = Bus(os.environ["BROKER_URL"], service="billing", prefix="{bare.prefix}.")\n'
        "@bus.subscriber(OrderPlaced)\n"
        "async def handle(event: OrderPlaced) -> None: ...\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "billing_service", raising=False)  # that of another broker
    monkeypatch.setenv("BROKER_URL", bare.url)
    made = bare.command("declare", "billing_service:bus")
    channel = bare.channel("orders.placed")
    assert made.out.splitlines() == [
        f"durable {channel} billing-{partition}: made, subject {channel}.{partition}, in flight 1, "
        "redelivered after 30.0"
        for partition in range(4)
    ]
    assert bare.command("declare", "billing_service") == (0, "", "")
    lost = bare.command("declare", "no_such_service:bus")
    assert (lost.code, lost.err) == (
        2,
        "no_such_service:bus: No module named 'no_such_service'; write it as package.module:bus\n",
    )


@pytest.fixture
def fresh(server_kind: str, tmp_path: Path) -> Iterator[str]:
    server = make_server(server_kind, tmp_path)
    try:
        server.start()
        yield server.url
    finally:
        server.stop()


def test_the_command_itself(fresh: str, shops: list[Path]) -> None:
    """With the channels' own names, in a process of its own."""

    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "shop.integrations.faststream", "--url", fresh, *arguments],
            cwd=shops[0],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    code, out, err = run("declare")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 9
    assert run("declare") == (0, "", "")
    assert run("dead-letters") == (0, "0 dead letters\n", "")
    assert run("redrive") == (0, "", "")


def test_a_broker_that_is_not_there_is_one_line(server_kind: str, tmp_path: Path, shops: list[Path]) -> None:
    world = World(make_server(server_kind, tmp_path), shops, "never")
    said = world.command("--wait", "0.5", "dead-letters")
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith(f"{world.url}: ")
    assert said.err.endswith(" s for it\n")
