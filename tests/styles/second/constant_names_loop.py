"""Constant names loop."""

from contracts.shared import Place

FIELDS = ("street", "town")


def line(place: Place) -> str:
    return ", ".join(getattr(place, name) for name in FIELDS)  #: D Place.street, D Place.town


def zone(place: Place) -> str:
    return getattr(place, "zone", "")  #: R Place.zone
