"""Specifications that can be put together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from contracts.parcels import ParcelShipped


class Spec(ABC):
    @abstractmethod
    def holds(self, parcel: ParcelShipped) -> bool: ...

    def __and__(self, other: Spec) -> Spec:
        return Both(self, other)


@dataclass(frozen=True)
class Both(Spec):
    left: Spec
    right: Spec

    def holds(self, parcel: ParcelShipped) -> bool:
        return self.left.holds(parcel) and self.right.holds(parcel)


@dataclass(frozen=True)
class InZone(Spec):
    zone: str

    def holds(self, parcel: ParcelShipped) -> bool:
        return parcel.destination.zone == self.zone  #: R ParcelShipped.destination, R Place.zone


class Labelled(Spec):
    def holds(self, parcel: ParcelShipped) -> bool:
        return any(label.colour == "red" for label in parcel.labels.values())  #: R ParcelShipped.labels, R Label.colour


urgent_abroad = Labelled() & InZone("abroad")


def is_urgent(parcel: ParcelShipped) -> bool:  #: H ParcelShipped
    return urgent_abroad.holds(parcel)
