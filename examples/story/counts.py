"""What there is after a while: read from the services' own databases, and asked of customers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any, TypeAlias

from examples.story.person import Person
from examples.story.processes import until
from examples.story.story import Story

State: TypeAlias = dict[str, tuple[int, Any, Any]]
"""Of each customer: version, how to reach them, where they live."""


def calls(story: Story) -> int:
    """Return how often customers was called back since it started."""
    answered = story.services.health("customers").get("answered", {})
    return int(answered.get("insurance.customers.GetCustomer", 0))


def quotes(story: Story, reason: str = "%") -> int:
    """Return how many quotes were made."""
    return int(rows(story, "quoting", "select count(*) from quotes where reason like ?", reason)[0][0])


def changes(story: Story) -> int:
    """Return how many changes there were to customers."""
    return int(rows(story, "customers", "select coalesce(sum(version - 1), 0) from customers")[0][0])


def replicated(story: Story) -> int:
    """Return how many of them are in the replica."""
    return int(rows(story, "quoting", "select coalesce(sum(version - 1), 0) from replica")[0][0])


def source_state(story: Story) -> State:
    """Return what customers knows, as far as quoting needs it."""
    found = (json.loads(text) for (text,) in rows(story, "customers", "select customer from customers"))
    return {
        each["customer_id"].replace("-", ""): (each["version"], (each["name"], each["email"]), each["address"])
        for each in found
    }


def replica_state(story: Story) -> State:
    """Return what quoting has of it."""
    found = {}
    for key, version, contact, address in rows(
        story, "quoting", "select customer_id, version, contact, address from replica"
    ):
        reached = json.loads(contact)
        found[key] = (version, (reached["name"], reached["email"]), json.loads(address))
    return found


def rows(story: Story, service: str, query: str, *values: Any) -> list[Any]:
    """Ask the database of a service; of a table that is not there yet there are no rows, and none to count."""
    with closing(sqlite3.connect(story.services.database(service), timeout=10)) as connection:
        try:
            return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            return [(0,)] if "(" in query.partition("from")[0] else []


def insured(story: Story, count: int, name: str = "") -> list[Person]:
    """Return people who have become customers, with a house that was quoted."""
    people = [story.person(name or f"Person Number{number}") for number in range(count)]
    before = quotes(story)
    for person in people:
        person.register()
    for person in people:
        person.insure()
    until(lambda: quotes(story) == before + count, 60, "not every house was quoted")
    return people


def all_written_to(story: Story) -> bool:
    """Return whether there is an email for each quote."""
    return len(story.mail.emails()) == quotes(story)
