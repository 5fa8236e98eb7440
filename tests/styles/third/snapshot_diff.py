"""Says what differs between two versions of an address."""

from typing import Any, Iterator, Tuple

import msgspec

from contracts.parcels import ParcelShipped
from contracts.shared import Place


def differences(old: Any, new: Any) -> Iterator[Tuple[str, Any, Any]]:
    for name in old.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield name, before, after


class Watcher:
    def __init__(self) -> None:
        self._last: "dict[str, Place]" = {}

    def see(self, event: ParcelShipped) -> None:  #: H ParcelShipped
        place = event.destination  #: R ParcelShipped.destination
        previous = self._last.get(event.parcel_id)  #: R ParcelShipped.parcel_id
        self._last[event.parcel_id] = place  #: R ParcelShipped.parcel_id
        if previous is None or previous == place:
            return
        for name, before, after in differences(previous, place):  #: E Place, D Place.street, D Place.town, D Place.zone
            print(f"{event.parcel_id}: {name} was {before}, is {after}")  #: R ParcelShipped.parcel_id

    def dump(self) -> bytes:
        return msgspec.msgpack.encode(self._last)  #: E Place
