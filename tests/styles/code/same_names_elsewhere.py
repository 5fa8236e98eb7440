"""Classes of its own with the fields of the contracts: none of this is about those."""
from dataclasses import dataclass

from contracts.parcels import ParcelShipped


@dataclass
class Shipment:
    parcel_id: str
    weight: int
    note: str


def merge(shipment: Shipment, other: Shipment) -> Shipment:
    return Shipment(shipment.parcel_id, shipment.weight + other.weight, other.note)


def convert(shipped: ParcelShipped) -> Shipment:  #: H ParcelShipped
    shipment = Shipment(parcel_id=shipped.parcel_id, weight=0, note="")  #: R ParcelShipped.parcel_id
    shipment.note = shipment.note or "weight"
    return merge(shipment, shipment)
