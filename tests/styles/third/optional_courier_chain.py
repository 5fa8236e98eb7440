"""Everything that may be missing."""

from __future__ import annotations

from contracts.parcels import ParcelShipped
from contracts.shared import Courier, Label


def phone(parcel: ParcelShipped | None) -> str:  #: H ParcelShipped
    return (parcel and parcel.courier and parcel.courier.phone) or "unknown"  #: R ParcelShipped.courier, R Courier.phone


def initials(parcel: ParcelShipped) -> str:  #: H ParcelShipped
    courier = parcel.courier  #: R ParcelShipped.courier
    if not courier:
        return "?"
    return "".join(part[0] for part in courier.name.split())  #: R Courier.name


def or_house(courier: Courier | None) -> Courier:
    return courier or Courier(name="house", phone="0")  #: C Courier, W Courier.name, W Courier.phone


def call_list(parcels: list[ParcelShipped]) -> dict[str, str]:  #: H ParcelShipped
    return {c.name: c.phone for p in parcels if (c := p.courier) is not None}  #: R Courier.name, R Courier.phone, R ParcelShipped.courier


def front(parcel: ParcelShipped) -> str:  #: H ParcelShipped
    label: Label | None = parcel.labels.get("front")  #: R ParcelShipped.labels
    carrier = or_house(parcel.courier).name  #: R ParcelShipped.courier, R Courier.name
    return label.text if label else carrier  #: R Label.text
