"""Whether a customer can move to an address, decided without a database or a broker."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from consumers.customers.moving import move
from msgspec.structs import replace

from contracts.customers import AddressRefusal, AddressRefused, ChangeAddress, Customer, CustomerStatus
from contracts.shared import Address
from contracts.testing import sample

YORK = Address(line_1="12 High Petergate", city="York", postcode="YO1 7EN")
LEEDS = Address(line_1="4 Park Square", city="Leeds", postcode="LS1 2NE")
ADA = sample(Customer, customer_id=UUID(int=1), version=3, status=CustomerStatus.ACTIVE, address=YORK)


def command(**changes: Any) -> ChangeAddress:
    told = {"address": LEEDS, "effective_on": date(2027, 1, 1), "requested_at": datetime(2026, 12, 1, tzinfo=UTC)}
    return ChangeAddress(**{"command_id": UUID(int=2), "customer_id": ADA.customer_id, **told, **changes})


@pytest.mark.parametrize("changes", [{}, {"expected_version": 3}])
def test_who_moves_has_the_address_in_the_next_version(changes: dict[str, Any]) -> None:
    assert move(ADA, command(**changes)) == replace(ADA, address=LEEDS, version=4)


def test_who_lives_there_already_stays_as_they_are() -> None:
    assert move(ADA, command(address=YORK)) is ADA


@pytest.mark.parametrize(
    ("customer", "changes", "reason"),
    [
        (None, {}, AddressRefusal.UNKNOWN_CUSTOMER),
        (replace(ADA, status=CustomerStatus.FORMER), {}, AddressRefusal.FORMER_CUSTOMER),
        (ADA, {"expected_version": 2}, AddressRefusal.STALE_VERSION),
        (ADA, {"address": replace(LEEDS, postcode="LS1")}, AddressRefusal.UNDELIVERABLE),
        (ADA, {"address": replace(LEEDS, line_1=" ")}, AddressRefusal.UNDELIVERABLE),
        (ADA, {"address": replace(LEEDS, city="")}, AddressRefusal.UNDELIVERABLE),
        (ADA, {"address": replace(LEEDS, country="FR", postcode=" ")}, AddressRefusal.UNDELIVERABLE),
    ],
)
def test_who_cannot_is_told_why(customer: Customer | None, changes: dict[str, Any], reason: AddressRefusal) -> None:
    refused = move(customer, command(**changes))
    assert isinstance(refused, AddressRefused)
    assert refused.reason is reason


def test_other_countries_have_other_postcodes() -> None:
    lyon = Address(line_1="3 rue Mercière", city="Lyon", postcode="69002", country="FR")
    assert isinstance(move(ADA, command(address=lyon)), Customer)
