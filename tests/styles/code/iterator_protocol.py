"""A class that iterates over the events of a feed."""
from collections.abc import Iterator

from contracts.parcels import ParcelShipped


class Feed:
    def __init__(self, source: Iterator[ParcelShipped]) -> None:  #: H ParcelShipped
        self._source = source
        self.last = None

    def __iter__(self):
        return self

    def __next__(self):
        self.last = next(self._source)
        return self.last


def run(source: Iterator[ParcelShipped]) -> None:  #: H ParcelShipped
    feed = Feed(source)
    for shipped in feed:
        print(shipped.parcel_id)  #: R ParcelShipped.parcel_id
    print(feed.last.weight)  #: R ParcelShipped.weight
