"""Inbox, outbox and relay: effect and position, state and message, each together or not at all."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.support.brokers.world import scenario, until

METADATA = sa.MetaData()
EFFECTS = sa.Table("effects", METADATA, sa.Column("what", sa.String(50)))


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    from shop.integrations.outbox import connect

    found = connect(url)
    METADATA.create_all(found)
    yield found
    found.dispose()


def order(number: int, key: str = "a") -> Any:
    from shop.orders import OrderPlaced

    return OrderPlaced(order=key, number=number)


def count(engine: sa.Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text(f"select count(*) from {table}")).scalar_one())


# inbox


def test_a_message_is_new_once(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Inbox

    inbox, other = Inbox("billing"), Inbox("stock")
    with engine.begin() as transaction:
        assert [inbox.add(transaction, id_) for id_ in ("1", "2", "1")] == [True, True, False]
        assert other.add(transaction, "1")
    with engine.begin() as transaction:
        assert not inbox.add(transaction, "1")


def test_an_effect_that_fails_leaves_the_message_new(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Inbox

    inbox = Inbox("billing")
    with pytest.raises(ZeroDivisionError), engine.begin() as transaction:
        assert inbox.add(transaction, "1")
        transaction.execute(EFFECTS.insert(), {"what": "a"})
        raise ZeroDivisionError
    assert (count(engine, "inbox"), count(engine, "effects")) == (0, 0)
    with engine.begin() as transaction:
        assert inbox.add(transaction, "1")


def test_a_message_that_two_have_at_once_has_one_effect(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Inbox

    inbox, together = Inbox("billing"), threading.Barrier(4)

    def handle() -> None:
        for number in range(25):
            together.wait()
            with engine.begin() as transaction:
                if inbox.add(transaction, str(number)):
                    transaction.execute(EFFECTS.insert(), {"what": str(number)})

    threads = [threading.Thread(target=handle) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(engine, "effects") == 25


def test_what_was_long_ago_is_forgotten(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Inbox

    inbox = Inbox("billing")
    with engine.begin() as transaction:
        inbox.add(transaction, "1")
        Inbox("stock").add(transaction, "1")
        assert inbox.forget(transaction, timedelta(hours=1)) == 0
        assert inbox.forget(transaction, timedelta(seconds=-5)) == 1
        assert inbox.add(transaction, "1")


# outbox


def test_state_and_message_are_there_together_or_not_at_all(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Outbox

    outbox = Outbox("web")
    with pytest.raises(ZeroDivisionError), engine.begin() as transaction:
        transaction.execute(EFFECTS.insert(), {"what": "a"})
        outbox.add(transaction, order(1))
        raise ZeroDivisionError
    assert (count(engine, "outbox"), count(engine, "effects")) == (0, 0)


def test_the_columns_are_those_that_debezium_expects(engine: sa.Engine) -> None:
    import shop
    from shop.integrations.outbox import Outbox

    with engine.begin() as transaction:
        Outbox("web").add(transaction, order(1, "a b"), message_id="7")
    with engine.connect() as connection:
        row = connection.execute(sa.text("select * from outbox")).one()
    assert (row.id, row.aggregatetype, row.aggregateid, row.type) == (
        "7",
        "orders.placed",
        "a b",
        "shop.orders.OrderPlaced",
    )
    assert shop.decode(bytes(row.payload)) == order(1, "a b")
    assert (row.source, json.loads(row.headers)) == ("web", {})


def test_what_no_broker_would_take_is_refused_before_it_is_written(engine: sa.Engine) -> None:
    from shop.integrations.outbox import NoChannelError, Outbox, TooLargeError
    from shop.orders import Note, OrderPlaced

    outbox = Outbox("web")
    with engine.begin() as transaction:
        with pytest.raises(TooLargeError):
            outbox.add(transaction, OrderPlaced(order="a", number=1, note=b"x" * 10_000_000))
        with pytest.raises(NoChannelError):
            outbox.add(transaction, Note(text=""))
        outbox.add(transaction, order(1))
    assert count(engine, "outbox") == 1


def test_positions_of_a_key_are_in_the_order_of_commits(engine: sa.Engine) -> None:
    """The second writer of a key has to wait, so that it cannot be sent before what was committed first."""
    from shop.integrations.outbox import Outbox

    outbox, order_of_commits = Outbox("web"), []
    has_first = threading.Event()

    def slow() -> None:
        with engine.begin() as transaction:
            outbox.add(transaction, order(1))
            has_first.set()
            time.sleep(0.3)
            order_of_commits.append(1)

    def quick() -> None:
        has_first.wait()
        with engine.begin() as transaction:
            outbox.add(transaction, order(2))
            order_of_commits.append(2)

    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order_of_commits == [1, 2]


# relay


class Broker:
    """Takes messages, as long as it is not told to fail."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.fails: set[str] = set()
        self.in_flight: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def send(self, message: Any) -> None:
        from shop._runtime.integrations.errors import BrokerError

        key = str(message.envelope.key)
        self.in_flight[key] = self.in_flight.get(key, 0) + 1
        self.most[key] = max(self.most.get(key, 0), self.in_flight[key])
        await asyncio.sleep(0.001)
        self.in_flight[key] -= 1
        if key in self.fails:
            raise BrokerError("it is not there")
        self.got.append(message)


@scenario
async def test_it_sends_in_order_per_key_and_keys_side_by_side(engine: sa.Engine) -> None:
    import shop
    from shop.integrations.outbox import Outbox, Relay

    broker, outbox = Broker(), Outbox("web")
    with engine.begin() as transaction:
        for number in range(60):
            for key in "abcd":
                outbox.add(transaction, order(number, key), message_id=f"{key}{number}")
    relay = Relay(engine, broker.send, batch=50)
    await relay.start()
    await until(lambda: count(engine, "outbox") == 0)
    await relay.stop()
    for key in "abcd":
        sent = [message for message in broker.got if message.envelope.key == key]
        assert [message.envelope.id for message in sent] == [f"{key}{number}" for number in range(60)]
        assert [shop.decode(message.body).number for message in sent] == list(range(60))
        assert {(message.channel, message.envelope.source) for message in sent} == {("orders.placed", "web")}
    assert broker.most == dict.fromkeys("abcd", 1)


@scenario
async def test_what_commits_is_sent_at_once(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Outbox, Relay

    broker = Broker()
    relay = Relay(engine, broker.send, poll=30)
    await relay.start()
    await asyncio.sleep(0.1)
    with engine.begin() as transaction:
        Outbox("web").add(transaction, order(1))
    await until(lambda: broker.got, 20)  # less than it looks by itself
    await relay.stop()


@scenario
async def test_what_is_not_taken_is_tried_again_and_holds_up_its_key_only(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Outbox, Relay

    broker = Broker()
    broker.fails = {"a"}
    with engine.begin() as transaction:
        for number in range(3):
            for key in "ab":
                Outbox("web").add(transaction, order(number, key), message_id=f"{key}{number}")
    relay = Relay(engine, broker.send)
    await relay.start()
    await until(lambda: len(broker.got) == 3)
    assert count(engine, "outbox") == 3
    broker.fails = set()
    await until(lambda: count(engine, "outbox") == 0)
    await relay.stop()
    assert [message.envelope.id for message in broker.got] == ["b0", "b1", "b2", "a0", "a1", "a2"]


@scenario
async def test_stopping_waits_for_what_is_being_sent(engine: sa.Engine) -> None:
    from shop.integrations.outbox import Outbox, Relay

    broker = Broker()
    with engine.begin() as transaction:
        for number in range(5):
            Outbox("web").add(transaction, order(number))
    relay = Relay(engine, broker.send)
    await relay.start()
    await until(lambda: broker.got)
    await relay.stop()
    assert (len(broker.got), count(engine, "outbox")) == (5, 0)


# databases that cannot be used


def test_a_database_that_others_keep_locked_is_waited_for_and_then_named(url: str) -> None:
    from shop.integrations.outbox import DatabaseError, Inbox, connect

    first, second = connect(url), connect(url, lock_timeout=0.5)
    with first.begin() as holding:
        Inbox("billing").add(holding, "0")
        holding.execute(sa.text("lock table inbox") if "postgresql" in url else sa.text("select 1"))
        start = time.monotonic()
        with pytest.raises(DatabaseError) as caught, second.begin() as waiting:
            Inbox("billing").add(waiting, "1")
        assert 0.4 < time.monotonic() - start < 5
    with second.begin() as free:
        assert Inbox("billing").add(free, "1")
    expected = (
        "canceling statement due to lock timeout" if "postgresql" in url else "others have kept it locked for too long"
    )
    assert expected in str(caught.value)
    first.dispose()
    second.dispose()


@pytest.mark.parametrize(
    ("content", "url", "message"),
    [
        pytest.param(
            b"This is no database, but a text that somebody wrote.\n" * 100,
            "sqlite:///{folder}/shop.db",
            "sqlite:///{folder}/shop.db is no SQLite database, or damaged: file is not a database",
            id="a text",
        ),
        pytest.param(
            b"",
            "sqlite:///{folder}/no/shop.db",
            "sqlite:///{folder}/no/shop.db: unable to open database file",
            id="no folder",
        ),
        pytest.param(b"", "mysql://localhost/shop", "mysql is not supported: use sqlite or postgresql", id="mysql"),
        pytest.param(
            b"",
            "postgres!",
            "the address of the database: Could not parse SQLAlchemy URL from given URL string",
            id="no address",
        ),
    ],
)
def test_what_is_no_database_is_named(tmp_path: Path, content: bytes, url: str, message: str) -> None:
    from shop.integrations.outbox import DatabaseError, connect

    (tmp_path / "shop.db").write_bytes(content)
    with pytest.raises(DatabaseError) as caught:
        connect(url.format(folder=tmp_path))
    assert str(caught.value) == message.format(folder=tmp_path)


def test_tables_can_be_made_by_several_at_once(url: str) -> None:
    from shop.integrations.outbox import connect

    errors: list[BaseException] = []

    def make() -> None:
        try:
            connect(url).dispose()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
