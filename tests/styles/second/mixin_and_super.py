"""Mixin and super."""

from contracts.parcels import ParcelReturned


class Logging:
    def handle(self, event):
        print(event.parcel_id)  #: R ParcelReturned.parcel_id
        super().handle(event)


class Base:
    def handle(self, event):
        self.amount = event.refund.value  #: R ParcelReturned.refund, R Amount.value


class Real(Logging, Base):
    pass


def start(event: ParcelReturned):
    Real().handle(event)
