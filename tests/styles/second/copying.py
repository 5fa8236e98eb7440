"""Copying."""

import copy
import pickle

from contracts.parcels import ParcelShipped


def twice(event: ParcelShipped):
    other = copy.deepcopy(event)
    third = copy.copy(event)
    return other.weight + third.weight  #: R ParcelShipped.weight


def away(event: ParcelShipped) -> bytes:
    return pickle.dumps(event)  #: E ParcelShipped
