"""Whether a customer can move to an address: a decision, which knows no database and no broker."""

from __future__ import annotations

import re

from msgspec.structs import replace

from contracts.customers import AddressRefusal, AddressRefused, ChangeAddress, Customer, CustomerStatus
from contracts.shared import Address

_BRITISH = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}").fullmatch


def move(customer: Customer | None, command: ChangeAddress) -> Customer | AddressRefused:
    """Return the customer at the new address, the same where they live there already; or why they cannot."""
    if customer is None:
        return _refused(AddressRefusal.UNKNOWN_CUSTOMER, "We know no customer of this number.")
    if customer.status is CustomerStatus.FORMER:
        return _refused(AddressRefusal.FORMER_CUSTOMER, "You are no longer a customer of ours.")
    if command.expected_version not in (None, customer.version):
        return _refused(AddressRefusal.STALE_VERSION, "Your data changed meanwhile. Look at it, then try again.")
    if not _is_deliverable(command.address):
        return _refused(AddressRefusal.UNDELIVERABLE, "No letter would arrive there. Check street, town and postcode.")
    if command.address == customer.address:
        return customer
    return replace(customer, address=command.address, version=customer.version + 1)


def _is_deliverable(address: Address) -> bool:
    is_known = _BRITISH(address.postcode) if address.country == "GB" else address.postcode.strip()
    return bool(is_known and address.line_1.strip() and address.city.strip())


def _refused(reason: AddressRefusal, explanation: str) -> AddressRefused:
    return AddressRefused(reason=reason, explanation=explanation)
