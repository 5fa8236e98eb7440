"""What quoting needs to know of a customer, however it comes to know it."""

from __future__ import annotations

from msgspec import Struct

from contracts.customers import Customer
from contracts.shared import Address, Contact


class Known(Struct, frozen=True):
    """A customer, less what quoting has no use for."""

    version: int
    contact: Contact
    address: Address


def needed(customer: Customer) -> Known:
    """Return of a customer what quoting needs."""
    contact = Contact(customer_id=customer.customer_id, name=customer.name, email=customer.email)
    return Known(customer.version, contact, customer.address)
