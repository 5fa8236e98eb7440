"""Commands: one handler, a typed answer, one effect however often they come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from examples.story.counts import changes, quotes, rows
from examples.story.person import LEEDS, YORK, Person
from examples.story.processes import until
from examples.story.story import Story
from tests.support.project import REPOSITORY

from contracts.customers import ChangeAddress
from contracts.integrations.faststream import Bus
from contracts.policies import Vehicle
from contracts.quoting import RequestQuote
from contracts.shared import Address, Product
from contracts.testing import sample

ADDRESS = b'{"line_1": "4 Park Square", "city": "Leeds", "postcode": "LS1 2NE"}'
MOVE = b'{"effective_on": "2027-01-01", "address": %b}' % ADDRESS
GOOD = (
    b'{"name": {"given_names": "Ada", "family_name": "L"}, "date_of_birth": "1985-12-10", "email": "ada@x.example", '
    b'"address": %b}' % ADDRESS
)
COMMANDS = (
    "communications.SendEmail",
    "customers.ChangeAddress",
    "customers.RegisterCustomer",
    "quoting.RequestQuote",
)


def customer(story: Story, name: str = "Ada Lovelace") -> Person:
    """Somebody whom customers knows."""
    found = story.person(name)
    sent = found.register()
    until(lambda: is_known(story, sent["customer_id"]), 20, "nobody was registered")
    return found


def is_known(story: Story, customer_id: str) -> bool:
    query = "select 1 from customers where customer_id = ?"
    return bool(rows(story, "customers", query, UUID(customer_id).hex))


async def send(story: Story, *messages: tuple[ChangeAddress | RequestQuote, str]) -> None:
    """Publish commands as somebody else than the portal might, each under a message id of its own."""
    bus = Bus(story.told["BROKER_URL"], service="elsewhere", prefix=story.told["CHANNEL_PREFIX"])
    await bus.broker.start()
    for command, message_id in messages:
        await bus.publish(command, message_id=message_id)
    await bus.broker.stop()


def sent_by(story: Story, service: str, contract: str) -> int:
    """Return how many messages of a contract a service has sent, as its traces tell."""
    wanted = (service, "producer", contract)
    spans = story.collector.spans
    return sum((each.service, each.kind, each.said.get("cloudevents.event_type")) == wanted for each in spans)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_exactly_one_handler(name: str) -> None:
    text = (REPOSITORY / f"generated/index/insurance.{name}.txt").read_text(encoding="utf-8")
    facts = [line.split("\t") for line in text.splitlines()]
    assert {row[2] for row in facts if row[:2] == ["*", "handle"]} == {name.partition(".")[0]}


def test_an_accepted_one_is_answered_with_the_new_version(story: Story) -> None:
    ada = customer(story)
    assert ada.answer(ada.move(LEEDS)) == {"version": 2}
    assert ada.answer(ada.move(LEEDS)) == {"version": 2}
    assert ada.answer(ada.move(YORK, version=2)) == {"version": 3}


@pytest.mark.parametrize(
    ("address", "version", "reason", "explanation"),
    [
        (
            {**LEEDS, "postcode": "nowhere"},
            None,
            "UNDELIVERABLE",
            "No letter would arrive there. Check street, town and postcode.",
        ),
        (LEEDS, 7, "STALE_VERSION", "Your data changed meanwhile. Look at it, then try again."),
    ],
)
def test_a_refused_one_is_answered_with_a_reason(
    story: Story, address: dict[str, str], version: int | None, reason: str, explanation: str
) -> None:
    ada = customer(story)
    before = changes(story)
    assert ada.answer(ada.move(address, version=version)) == {"reason": reason, "explanation": explanation}
    assert changes(story) == before


def test_whom_customers_does_not_know_cannot_move(story: Story) -> None:
    stranger = story.person()
    stranger.customer_id = str(uuid4())
    answer = stranger.answer(stranger.move(LEEDS))
    assert answer == {"reason": "UNKNOWN_CUSTOMER", "explanation": "We know no customer of this number."}


def test_a_request_that_is_made_again_is_one_command(story: Story) -> None:
    ada, key, before = customer(story), uuid4(), changes(story)
    first = ada.move(LEEDS, key=key)
    ada.answer(first)
    assert ada.move(LEEDS, key=key)["command_id"] == first["command_id"] == str(key)
    ada.answer(ada.move(YORK))
    assert changes(story) == before + 2


def test_a_command_that_comes_again_in_other_messages_has_one_effect(story: Story) -> None:
    ada, before = customer(story), changes(story)
    there, back = (moves(ada.customer_id, address) for address in (LEEDS, YORK))
    asyncio.run(send(story, (there, "a"), (back, "b"), (there, "c"), (back, "d"), (there, "e")))
    until(lambda: outcomes(story, ada)[-5:].count("repeated") == 3, 20, "the repeats were not handled")
    assert outcomes(story, ada) == ["accepted", "accepted", "accepted", "repeated", "repeated", "repeated"]
    assert changes(story) == before + 2


def moves(customer_id: str, address: dict[str, str]) -> ChangeAddress:
    return ChangeAddress(
        command_id=uuid4(),
        customer_id=UUID(customer_id),
        address=Address(**address),
        effective_on=date(2027, 1, 1),
        requested_at=datetime.now(UTC),
    )


def outcomes(story: Story, person: Person) -> Sequence[str]:
    said = story.services.said("customers")
    return [line["outcome"] for line in said if line.get("customer_id") == person.customer_id]


def test_what_is_not_insured_here_is_declined(story: Story) -> None:
    ada = customer(story)
    before, declined = quotes(story), sent_by(story, "quoting", "insurance.quoting.QuoteDeclined")
    wish = sample(
        RequestQuote,
        command_id=uuid4(),
        customer_id=UUID(ada.customer_id),
        product=Product.MOTOR,
        subject=sample(Vehicle),
    )
    asyncio.run(send(story, (wish, "wish"), (wish, "again")))
    ada.insure()
    until(lambda: quotes(story) == before + 1, 20, "the house was not quoted")
    until(
        lambda: sent_by(story, "quoting", "insurance.quoting.QuoteDeclined") == declined + 1,
        20,
        "no wish was declined, or one of them twice",
    )


@pytest.mark.parametrize(
    ("path", "body", "key", "status", "text"),
    [
        ("/customers", b"{", "", 422, "Input data was truncated"),
        ("/customers", b"{}", "", 422, "Object missing required field `name`"),
        ("/customers/1/address", b"{}", "", 422, "Object missing required field `address`"),
        ("/customers", GOOD, "7", 400, "'7' is no UUID"),
        ("/customers/1/address", MOVE, "", 400, "'1' is no UUID"),
        ("/customers", b"x" * 1_000_001, "", 413, "more than 1000000 bytes"),
    ],
)
def test_what_is_no_request_is_refused(story: Story, path: str, body: bytes, key: str, status: int, text: str) -> None:
    headers = {"idempotency-key": key} if key else {}
    found = story.services.http.post(f"{story.services.url('portal')}{path}", content=body, headers=headers)
    assert (found.status_code, found.text) == (status, text)
