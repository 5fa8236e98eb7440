"""Conditions that bind and test at once."""
from contracts.parcels import ParcelShipped


def courier_line(shipped: ParcelShipped) -> str:  #: H ParcelShipped
    if (courier := shipped.courier) is not None and (name := courier.name):  #: R ParcelShipped.courier, R Courier.name
        return f"{name} ({courier.phone})"  #: R Courier.phone
    while (label := shipped.labels.get("main")) and label.text:  #: R ParcelShipped.labels, R Label.text
        return label.colour  #: R Label.colour
    return ""


def zone(shipped: ParcelShipped | None) -> str:  #: H ParcelShipped
    match shipped:
        case ParcelShipped(weight=weight, destination=place) if weight > 10 and place.zone:  #: H ParcelShipped, R ParcelShipped.weight, R ParcelShipped.destination, R Place.zone
            return place.town  #: R Place.town
        case None:
            return "none"
    return "light"
