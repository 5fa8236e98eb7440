"""Executor map."""

from concurrent.futures import ThreadPoolExecutor

from contracts.parcels import ParcelShipped


def weigh(event):
    return event.weight  #: R ParcelShipped.weight


def name(event: ParcelShipped):
    return event.parcel_id  #: R ParcelShipped.parcel_id


def all_at_once(events: list[ParcelShipped]):
    with ThreadPoolExecutor() as pool:
        weights = list(pool.map(weigh, events))
        futures = [pool.submit(name, event) for event in events]
        return weights, [each.result() for each in futures]
