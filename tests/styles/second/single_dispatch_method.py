"""Single dispatch method."""

from functools import singledispatchmethod

from contracts.parcels import ParcelReturned, ParcelShipped


class Projector:
    @singledispatchmethod
    def apply(self, event):
        raise NotImplementedError(event)

    @apply.register
    def _(self, event: ParcelShipped):
        return event.weight  #: R ParcelShipped.weight

    @apply.register(ParcelReturned)
    def _(self, event):
        return event.items[0].count  #: R ParcelReturned.items, R Item.count
