"""Batches of events in a deque, flushed by size."""
from collections import deque
from itertools import islice

from contracts.parcels import ParcelShipped

SIZE = 50


class Window:
    def __init__(self):
        self.pending = deque()

    def push(self, shipped: ParcelShipped):  #: H ParcelShipped
        self.pending.append(shipped)
        if len(self.pending) >= SIZE:
            self.flush()

    def flush(self):
        batch = list(islice(self.pending, SIZE))
        self.pending.clear()
        total = sum(each.weight for each in batch)  #: R ParcelShipped.weight
        ids = ",".join(each.parcel_id for each in batch)  #: R ParcelShipped.parcel_id
        return total, ids
