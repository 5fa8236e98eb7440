"""Cached lookup."""

from functools import cached_property, lru_cache

from contracts.parcels import ParcelShipped


@lru_cache(maxsize=None)
def label(event: ParcelShipped) -> str:
    return event.labels["size"].text  #: R ParcelShipped.labels, R Label.text


class View:
    def __init__(self, event: ParcelShipped) -> None:
        self.event = event

    @cached_property
    def skus(self):
        return [item.sku for item in self.event.items]  #: R ParcelShipped.items, R Item.sku
