"""Three services: one that reads what it should, one that sends on, and one of which little is known."""

from __future__ import annotations

from pathlib import Path

from tests.support.project import avow
from tests.support.usage import write_project

TRACKING = """\
from contracts.parcels import ParcelShipped


def on_shipped(event: ParcelShipped) -> str:
    return event.destination.town
"""
BILLING = """\
from contracts.integrations.kafka import publish
from contracts.parcels import ParcelReturned, ParcelShipped
from contracts.shared import Amount


def on_shipped(event: ParcelShipped) -> None:
    if event.weight > 3:
        send_back(event)


def send_back(event) -> None:
    publish(ParcelReturned(parcel_id=event.parcel_id, reason="heavy", refund=Amount(value=1, unit="EUR"), items=[]))
"""
OFFICE = """\
def on_anything(event, log):
    log(event.reason)
    return vars(event)


from contracts.parcels import ParcelReturned

HANDLERS = {ParcelReturned: lambda event: event.refund.value}
"""
SERVICES = {
    "consumers/tracking/app.py": TRACKING,
    "consumers/billing/app.py": BILLING,
    "consumers/office/app.py": OFFICE,
}


def make_services(root: Path) -> Path:
    """Write the services into a folder, with contracts, and generate."""
    write_project(root, SERVICES)
    assert avow(root, "generate") == (0, "", "")
    return root
