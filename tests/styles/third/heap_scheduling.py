"""A queue with the heaviest parcel first."""
import heapq
import itertools

from contracts.parcels import ParcelShipped


class LoadingPlan:
    def __init__(self):
        self._heap = []
        self._ticket = itertools.count()

    def add(self, parcel: ParcelShipped):  #: H ParcelShipped
        heapq.heappush(self._heap, (-parcel.weight, next(self._ticket), parcel))  #: R ParcelShipped.weight

    def next(self):
        _, _, parcel = heapq.heappop(self._heap)
        return parcel

    def load(self, limit):
        loaded = []
        while self._heap and limit > 0:
            parcel = self.next()
            limit -= parcel.weight  #: R ParcelShipped.weight
            loaded.append((parcel.parcel_id, parcel.destination.street))  #: R ParcelShipped.parcel_id, R ParcelShipped.destination, R Place.street
        return loaded
