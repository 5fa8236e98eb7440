"""A repository that turns events into rows of its own and reads only those later."""
from dataclasses import dataclass

from contracts.parcels import ParcelShipped


@dataclass
class ParcelRow:
    parcel_id: str
    town: str
    weight: int


class ParcelRepository:
    def __init__(self) -> None:
        self._rows: dict[str, ParcelRow] = {}

    def store(self, shipped: ParcelShipped) -> None:  #: H ParcelShipped
        row = ParcelRow(
            parcel_id=shipped.parcel_id,  #: R ParcelShipped.parcel_id
            town=shipped.destination.town,  #: R ParcelShipped.destination, R Place.town
            weight=shipped.weight,  #: R ParcelShipped.weight
        )
        self._rows[row.parcel_id] = row

    def heavy(self) -> list[ParcelRow]:
        return [row for row in self._rows.values() if row.weight > 1000 and row.town]
