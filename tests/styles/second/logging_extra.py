"""Logging extra."""

import logging

from contracts.parcels import ParcelShipped

log = logging.getLogger(__name__)


def handle(event: ParcelShipped) -> None:
    log.info("shipped %s", event.parcel_id, extra={"town": event.destination.town})  #: R ParcelShipped.parcel_id, R ParcelShipped.destination, R Place.town
    log.debug("all of it: %s", event)
    log.warning(f"{event.weight=}")  #: R ParcelShipped.weight
