"""What a person fills in, and the command that it becomes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from msgspec import Struct

from contracts.customers import ChangeAddress, RegisterCustomer
from contracts.policies import House
from contracts.quoting import RequestQuote
from contracts.shared import Address, PersonName, Product


class Registration(Struct, frozen=True):
    """Someone wants to become a customer."""

    name: PersonName
    date_of_birth: date
    email: str
    address: Address

    def command(self, command_id: UUID, customer_id: UUID) -> RegisterCustomer:
        """Return the command to take them on."""
        return RegisterCustomer(
            command_id=command_id,
            customer_id=customer_id,
            name=self.name,
            date_of_birth=self.date_of_birth,
            email=self.email,
            address=self.address,
            requested_at=datetime.now(UTC),
        )


class Move(Struct, frozen=True):
    """A customer has a new address."""

    address: Address
    effective_on: date
    expected_version: int | None = None

    def command(self, command_id: UUID, customer_id: UUID) -> ChangeAddress:
        """Return the command to change it."""
        return ChangeAddress(
            command_id=command_id,
            customer_id=customer_id,
            address=self.address,
            effective_on=self.effective_on,
            expected_version=self.expected_version,
            requested_at=datetime.now(UTC),
        )


class HouseToInsure(Struct, frozen=True):
    """A customer wants to know what it costs to insure a house."""

    house: House
    starts_on: date

    def command(self, command_id: UUID, customer_id: UUID) -> RequestQuote:
        """Return the command to make a quote."""
        return RequestQuote(
            command_id=command_id,
            quote_id=uuid4(),
            customer_id=customer_id,
            product=Product.HOME,
            subject=self.house,
            starts_on=self.starts_on,
            requested_at=datetime.now(UTC),
        )
