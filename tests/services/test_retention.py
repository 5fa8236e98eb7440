"""Retention: who should be called since their insurance gets much dearer. It listens, and nobody waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from consumers.retention.rise import rise
from examples.story.counts import all_written_to, insured, quotes
from examples.story.person import LONDON, YORK, Person
from examples.story.processes import until
from examples.story.story import Story
from tests.support.brokers.server import Server

import contracts
from contracts.quoting import Quote, QuoteGenerated
from contracts.shared import Contact, Currency, Money, PersonName
from contracts.testing import sample

GRACE = PersonName(given_names="Grace", family_name="Hopper")
NOBODY = "nobody.here@customer.example"
"""Communications hears of these quotes too, and the mail server takes nothing for this address."""


def pounds(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency=Currency.GBP)


def quote(before: Money | None, now: str, customer_id: UUID | None = None) -> Quote:
    return sample(Quote, customer_id=customer_id or uuid4(), previous_premium=before, premium=pounds(now))


@pytest.mark.parametrize(
    ("before", "now", "part"),
    [
        (pounds("400.00"), "500.00", Decimal("0.25")),
        (pounds("400.00"), "400.00", Decimal(0)),
        (pounds("400.00"), "300.00", Decimal("-0.25")),
        (pounds("0.00"), "300.00", None),
        (Money(amount=Decimal("400.00"), currency=Currency.EUR), "500.00", None),
        (None, "500.00", None),
    ],
)
def test_how_much_dearer_is_a_part_of_the_old_price(before: Money | None, now: str, part: Decimal | None) -> None:
    assert rise(quote(before, now)) == part


def listed(story: Story) -> dict[str, dict[str, Any]]:
    """Return the list as retention shows it, by customer."""
    found = story.services.http.get(f"{story.services.url('retention')}/calls").json()
    return {call.pop("customer_id"): call for call in found}


def has(story: Story, person: Person) -> bool:
    return person.customer_id in listed(story)


def test_who_moves_to_where_it_is_much_dearer_is_listed_until_it_is_not(story: Story) -> None:
    [ada] = insured(story, 1, "Ada Lovelace")
    assert not has(story, ada)
    ada.move(LONDON)
    until(lambda: has(story, ada), 30, "nobody is to be called")
    call = listed(story)[ada.customer_id]
    assert (call["name"], call["rise"]) == ("Ada Lovelace", "0.316")
    ada.move(YORK)
    until(lambda: not has(story, ada), 30, "who pays less than before is still to be called")


class Quotes:
    """Puts quotes into one partition of the channel, under ids of our own: what comes last there is handled last."""

    def __init__(self, story: Story, server: Server) -> None:
        self._story = story
        self._server = server
        self._prefix = b"ce_" if server.url.startswith("kafka") else b"ce-"

    def put(self, made: Quote, id_: str = "") -> None:
        recipient = sample(Contact, customer_id=made.customer_id, name=GRACE, email=NOBODY)
        body = contracts.encode(sample(QuoteGenerated, quote=made, recipient=recipient))
        channel = f"{self._story.told['CHANNEL_PREFIX']}quoting.quote-generated"
        said = {b"id": id_ or uuid4().hex, b"type": QuoteGenerated.__avro__}
        self._server.put(channel, 0, body, [(self._prefix + name, text.encode()) for name, text in said.items()])

    def settle(self) -> dict[str, dict[str, Any]]:
        """Return the list once all is handled that was put."""
        last = quote(pounds("100.00"), "200.00")
        self.put(last)
        until(lambda: str(last.customer_id) in listed(self._story), 30, "retention does not go on")
        return listed(self._story)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("100.00", "120.00", "0.200"),
        ("100.00", "119.99", None),
        ("100.00", "80.00", None),
        (None, "900.00", None),
    ],
)
def test_a_fifth_dearer_than_before_is_much(
    story: Story, server: Server, before: str | None, now: str, shown: str | None
) -> None:
    channel, made = Quotes(story, server), quote(pounds(before) if before else None, now)
    channel.put(made)
    call = channel.settle().get(str(made.customer_id))
    assert (call and (call["name"], call["quote_id"], call["rise"])) == (
        ("Grace Hopper", str(made.quote_id), shown) if shown else None
    )


def test_a_quote_that_comes_again_changes_nothing(story: Story, server: Server) -> None:
    channel, customer, again = Quotes(story, server), uuid4(), uuid4().hex
    dear, cheap = (quote(pounds("100.00"), now, customer) for now in ("150.00", "100.00"))
    channel.put(dear, again)
    assert str(customer) in channel.settle()
    channel.put(cheap)
    channel.put(dear, again)
    assert str(customer) not in channel.settle()


@contextmanager
def away(story: Story) -> Iterator[None]:
    """End retention for a while."""
    story.services.end("retention")
    yield
    story.restart("retention", **story.services.told["retention"])


@contextmanager
def locked(story: Story) -> Iterator[None]:
    """Keep the database of retention from it for a while."""
    with closing(sqlite3.connect(story.services.database("retention"), timeout=10)) as connection:
        connection.execute("begin immediate")
        yield
        connection.rollback()


@pytest.mark.parametrize("trouble", [away, locked])
def test_nobody_waits_for_retention_and_it_catches_up(story: Story, trouble: Any) -> None:
    [ada] = insured(story, 1)
    made = quotes(story)
    with trouble(story):
        ada.move(LONDON)
        until(lambda: quotes(story) == made + 1 and all_written_to(story), 30, "the others do not go on")
        assert ada.answer(ada.move(LONDON)) == {"version": 2}
    until(lambda: has(story, ada), 30, "retention has missed a quote")
