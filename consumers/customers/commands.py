"""The commands that customers handles: each has its one effect, however often it comes."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from producers.customers.announcements import Announcements
from sqlalchemy import Connection, Engine

from consumers.customers.moving import move
from consumers.customers.store import Customers
from contracts.customers import (
    AddressAccepted,
    AddressRefused,
    ChangeAddress,
    Customer,
    CustomerStatus,
    RegisterCustomer,
)
from contracts.integrations.faststream import Bus
from contracts.integrations.outbox import Inbox

log = logging.getLogger(__name__)


def handle_commands(bus: Bus, engine: Engine, customers: Customers, announcements: Announcements) -> None:
    """Subscribe to the commands. State, inbox and what is to be sent change in one transaction, or not at all."""
    inbox = Inbox("customers")

    @bus.subscriber(RegisterCustomer)
    async def register(command: RegisterCustomer) -> None:
        with engine.begin() as transaction:
            is_new = inbox.add(transaction, str(command.command_id))
            if is_new and customers.find(transaction, command.customer_id, to_change=True) is None:
                customer = _customer(command)
                customers.add(transaction, customer)
                announcements.registered(transaction, customer)
        _tell(command, "accepted" if is_new else "repeated")

    @bus.subscriber(ChangeAddress)
    async def change_address(command: ChangeAddress) -> None:
        with engine.begin() as transaction:
            is_new = inbox.add(transaction, str(command.command_id))
            outcome = change(transaction, command) if is_new else "repeated"
        _tell(command, outcome)

    def change(transaction: Connection, command: ChangeAddress) -> str:
        before = customers.find(transaction, command.customer_id, to_change=True)
        after = move(before, command)
        if isinstance(after, AddressRefused):
            announcements.answered(transaction, command, after)
            return f"refused: {after.reason.value}"
        if before is not None and after != before:
            customers.change(transaction, after)
            announcements.moved(transaction, before, after, command.effective_on)
        announcements.answered(transaction, command, AddressAccepted(version=after.version))
        return "accepted"


def _customer(command: RegisterCustomer) -> Customer:
    return Customer(
        customer_id=command.customer_id,
        version=1,
        status=CustomerStatus.ACTIVE,
        name=command.name,
        date_of_birth=command.date_of_birth,
        email=command.email,
        address=command.address,
        registered_at=datetime.now(UTC),
    )


def _tell(command: RegisterCustomer | ChangeAddress, outcome: str) -> None:
    said = {"command_id": command.command_id, "customer_id": command.customer_id, "outcome": outcome}
    log.info(type(command).__name__, extra=said)
