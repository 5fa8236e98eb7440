# Copied from schemas/customers/CustomerAddressChanged.upcast.py by avow; don't edit.
"""Lifts values of older eras of insurance.customers.CustomerAddressChanged to the class of today."""

from __future__ import annotations

from contracts.customers import (
    CustomerAddressChanged,
    CustomerAddressChangedEra1,
    CustomerAddressChangedEra1Provenance,
)
from contracts.shared import Address, Provenance


def upcast(old: CustomerAddressChangedEra1) -> CustomerAddressChanged:
    """Return a move of the days when an address had no lines and no country."""
    return CustomerAddressChanged(
        customer_id=old.customer_id,
        version=old.version,
        address=Address(line_1=old.street, city=old.town, postcode=old.postcode),
        effective_on=old.effective_on,
        provenance=_provenance(old.provenance),
        occurred_at=old.occurred_at,
    )


def _provenance(old: CustomerAddressChangedEra1Provenance) -> Provenance:
    return Provenance(
        actor=old.actor,
        command=old.command,
        command_id=old.command_id,
        causation_id=old.causation_id,
        correlation_id=old.correlation_id,
    )
