"""A cache of anything: what comes out of it is anybody's guess."""
from typing import Any

from contracts.parcels import ParcelShipped

CACHE: dict[str, Any] = {}


def remember(shipped: ParcelShipped) -> None:  #: H ParcelShipped
    CACHE[shipped.parcel_id] = shipped  #: E ParcelShipped, R ParcelShipped.parcel_id


def recall(parcel_id: str) -> str:
    return CACHE[parcel_id].note  #: D ParcelShipped.note
