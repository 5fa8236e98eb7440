"""Two ways to know customers, and what a time without them costs in each."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest
from examples.story.calling import Calling
from examples.story.counts import (
    all_written_to,
    calls,
    insured,
    quotes,
    replica_state,
    rows,
    source_state,
)
from examples.story.lagging import lag
from examples.story.outage import outage
from examples.story.person import LEEDS, LONDON, Person
from examples.story.processes import until
from examples.story.story import Story

InStyle = Callable[..., Story]


def settled(story: Story, people: Sequence[Person], made: int) -> None:
    """Wait until so many quotes were made and sent."""
    until(lambda: quotes(story) == made, 30, "not everything was quoted")
    until(lambda: all_written_to(story), 30, "not every quote became an email")


@pytest.mark.parametrize("style", ["notification", "state-transfer"])
def test_who_moves_gets_a_new_quote_by_email(in_style: InStyle, style: str) -> None:
    story = in_style(style)
    [ada] = insured(story, 1)
    made = quotes(story)
    ada.move(LONDON)
    settled(story, [ada], made + 1)
    first, second = (mail for mail in story.mail.emails().values() if ada.email in str(mail["To"]))
    assert [str(mail["Subject"]) for mail in (first, second)] == [
        "Your quote: 419.66 GBP a year",
        "Your quote: 552.19 GBP a year",
    ]
    assert "Until now             419.66 GBP" in second.get_content()


def test_a_rich_notification_saves_the_calls_back(in_style: InStyle) -> None:
    story = in_style("notification")
    people = insured(story, 4)
    calling = Calling(story, people)
    assert (calling.calls_an_event(1), calling.calls_an_event(5)) == (1.0, 5.0)
    story = in_style("notification", announce="rich")
    assert (calling.calls_an_event(1), calling.calls_an_event(5)) == (0.0, 1.0)


def test_notification_waits_while_upstream_is_down_and_catches_up(in_style: InStyle) -> None:
    story = in_style("notification")
    found = outage(story, insured(story, 6), "notification", seconds=1.0, ANNOUNCE="thin")
    assert (found.work, found.done_meanwhile, found.done_after) == (6, 0, 6)


def test_state_transfer_quotes_on_while_upstream_is_down(in_style: InStyle) -> None:
    story = in_style("state-transfer")
    people = insured(story, 6)
    before = calls(story)
    found = outage(story, people, "state-transfer", seconds=20.0)
    assert (found.work, found.done_meanwhile, found.done_after) == (6, 6, 6)
    assert calls(story) in (0, before)


def test_a_replica_follows_its_source_without_calls(in_style: InStyle) -> None:
    story = in_style("state-transfer")
    found = lag(story, insured(story, 5), moves=4, at_once=5)
    assert (found.changes, found.calls, found.is_equal) == (20, 0, True)
    assert 0 < found.median <= found.p99


def test_a_replica_is_filled_from_zero_with_snapshots_and_then_events(in_style: InStyle) -> None:
    """The events of long ago are gone for quoting: its durable is past them."""
    story = in_style("state-transfer")
    [ada, *others] = insured(story, 3)
    made = quotes(story)
    until(lambda: replica_state(story) == source_state(story), 30, "the replica was not filled")
    story.services.end("quoting")
    with closing(sqlite3.connect(story.services.database("quoting"))) as connection, connection:
        connection.execute("delete from replica")
    assert replica_state(story) == {}
    ada.answer(ada.move(LEEDS))
    assert snapshots(story) == f"{len(source_state(story))} snapshots are in the outbox\n"
    ada.answer(ada.move(LONDON))
    story.restart("quoting", STYLE="state-transfer", **story.collector.environment)
    until(lambda: replica_state(story) == source_state(story), 30, "the replica was not filled")
    for person in others:
        person.move(LEEDS)
    settled(story, others, made + 4)
    assert replica_state(story) == source_state(story)


def snapshots(story: Story) -> str:
    command = [sys.executable, "-m", "producers.customers"]
    told = story.services.environment("customers")
    return subprocess.run(command, env=told, capture_output=True, text=True, check=True, timeout=30).stdout


def test_an_email_is_one_however_often_it_is_tried_while_the_mail_server_is_down(in_style: InStyle) -> None:
    story = in_style("notification", announce="rich")
    people = insured(story, 4)
    made = quotes(story)
    until(lambda: all_written_to(story), 30, "not every quote became an email")
    story.mail.stop()
    for person in people:
        person.move(LEEDS)
    until(lambda: quotes(story) == made + 4, 30, "not everything was quoted")
    until(lambda: waits(story), 30, "communications does not try")
    assert not all_written_to(story)
    story.mail.start()
    settled(story, people, made + 4)
    ids = Counter(str(mail["Message-ID"]) for mail in story.mail.handed_over())
    assert set(ids.values()) == {1}


def waits(story: Story) -> bool:
    """Return whether communications has said that a handler was called in vain."""
    return any(line["level"] == "WARNING" for line in story.services.said("communications"))


def test_an_address_that_takes_no_mail_is_told_and_not_tried_again(in_style: InStyle) -> None:
    story = in_style("notification", announce="rich")
    nobody = story.person("Nobody Here")
    nobody.register()
    nobody.insure()
    query = "select refused from emails where customer_id = ? and refused is not null"
    refused: list[tuple[str]] = []

    def is_told() -> bool:
        refused[:] = rows(story, "communications", query, nobody.customer_id.replace("-", ""))
        return bool(refused)

    until(is_told, 30, "the refusal was not recorded")
    assert refused == [("550 no such mailbox",)]
    assert nobody.email not in str(story.mail.emails().values())
