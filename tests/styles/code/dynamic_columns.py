"""Columns that a user chooses."""
from contracts.parcels import ParcelShipped


def column(parcels: list[ParcelShipped], name: str) -> list[object]:  #: H ParcelShipped
    return [getattr(each, name) for each in parcels]  #: E ParcelShipped, D ParcelShipped.weight


def columns(parcels: list[ParcelShipped]) -> list[list[object]]:  #: H ParcelShipped
    return [column(parcels, name) for name in ("weight", "note")]
