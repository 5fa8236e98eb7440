"""Quoting's replica: the newest version wins, whatever comes when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest
from consumers.quoting.known import Known
from consumers.quoting.replica import Replica
from consumers.quoting.state_transfer import has_moved
from msgspec.structs import replace
from sqlalchemy import Engine

from contracts.customers import Customer
from contracts.integrations.outbox import connect
from contracts.shared import Address, Contact
from contracts.testing import sample

KEY = UUID(int=1)
ADA = sample(Customer, customer_id=KEY)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = connect(f"sqlite:///{tmp_path}/quoting.db")
    yield found
    found.dispose()


def known(version: int) -> Known:
    return Known(version, sample(Contact, customer_id=KEY), sample(Address, city=f"Town {version}"))


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_what_comes_late_or_again_changes_nothing(order: tuple[int, ...], engine: Engine) -> None:
    replica, newest = Replica(engine), 0
    for version in (*order, *order):
        with engine.begin() as transaction:
            assert replica.put(transaction, known(version)) == (version > newest)
        newest = max(newest, version)
        assert asyncio.run(replica.find(KEY)) == known(newest)


def test_what_has_not_come_yet_is_said(engine: Engine) -> None:
    replica = Replica(engine)
    with pytest.raises(LookupError, match=f"no customer {KEY} of version 1 or newer"):
        asyncio.run(replica.find(KEY))
    with engine.begin() as transaction:
        replica.put(transaction, known(2))
    with pytest.raises(LookupError, match=f"no customer {KEY} of version 3 or newer"):
        asyncio.run(replica.find(KEY, 3))


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (None, ADA, False),
        (ADA, ADA, False),
        (ADA, replace(ADA, version=2, email="ada@home.example"), False),
        (ADA, replace(ADA, address=replace(ADA.address, postcode="E2 7JP")), True),
    ],
)
def test_who_has_moved_is_seen_in_the_difference(before: Customer | None, after: Customer, moved: bool) -> None:
    assert has_moved(before, after) == moved
