"""What customers has to say, put into its outbox in the transaction that makes it true."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection

import contracts
from contracts.customers import (
    AddressAccepted,
    AddressChanged,
    AddressPart,
    AddressRefused,
    ChangeAddress,
    ChangeAddressAnswer,
    Customer,
    CustomerUpdated,
)
from contracts.integrations.outbox import Outbox
from contracts.shared import Address, Contact

_PARTS = {
    "line_1": AddressPart.STREET,
    "line_2": AddressPart.STREET,
    "city": AddressPart.CITY,
    "postcode": AddressPart.POSTCODE,
    "country": AddressPart.COUNTRY,
}


class Announcements:
    """Events and answers of customers; with ``is_rich`` a notification carries what most of its readers need."""

    def __init__(self, outbox: Outbox, *, is_rich: bool) -> None:
        self._outbox = outbox
        self._is_rich = is_rich

    def registered(self, transaction: Connection, customer: Customer) -> None:
        """A customer was taken on."""
        self._outbox.add(transaction, CustomerUpdated(after=customer, occurred_at=datetime.now(UTC)))

    def moved(self, transaction: Connection, before: Customer, after: Customer, effective_on: date) -> None:
        """A customer has a new address: once as ids and what changed, once as the whole customer."""
        now = datetime.now(UTC)
        event = AddressChanged(
            customer_id=after.customer_id,
            customer_version=after.version,
            changed=changed_parts(before.address, after.address),
            effective_on=effective_on,
            address=after.address if self._is_rich else None,
            contact=_contact(after) if self._is_rich else None,
            occurred_at=now,
        )
        self._outbox.add(transaction, event)
        self._outbox.add(transaction, CustomerUpdated(before=before, after=after, occurred_at=now))

    def answered(
        self, transaction: Connection, command: ChangeAddress, outcome: AddressAccepted | AddressRefused
    ) -> None:
        """A command was carried out or refused."""
        self._outbox.add(transaction, ChangeAddressAnswer(command_id=command.command_id, outcome=outcome))


def changed_parts(before: Address, after: Address) -> list[AddressPart]:
    """Return which parts of an address differ."""
    found = (_PARTS.get(change.path, AddressPart.OTHER) for change in contracts.difference(before, after))
    return list(dict.fromkeys(found))


def _contact(customer: Customer) -> Contact:
    return Contact(customer_id=customer.customer_id, name=customer.name, email=customer.email)
