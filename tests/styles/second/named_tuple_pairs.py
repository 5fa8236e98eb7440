"""Named tuple pairs."""

from typing import NamedTuple

from contracts.parcels import ParcelShipped


class Due(NamedTuple):
    when: int
    event: ParcelShipped


def soonest(dues: list[Due]) -> str:
    first = min(dues)
    when, event = first
    return f"{when} {event.note}"  #: R ParcelShipped.note


def all_of(dues):
    return [due.event.parcel_id for due in dues]  #: R ParcelShipped.parcel_id


def start(event: ParcelShipped):
    return all_of([Due(1, event)])
