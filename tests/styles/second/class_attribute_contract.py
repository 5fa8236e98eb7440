"""Class attribute contract."""

from contracts.parcels import ParcelReturned, ParcelShipped


class Base:
    contract = None

    def run(self, event):
        self.handle(event)


class Shipped(Base):
    contract = ParcelShipped

    def handle(self, event):
        return event.courier and event.courier.phone  #: R ParcelShipped.courier, R Courier.phone


class Returned(Base):
    contract = ParcelReturned

    def handle(self, event):
        return event.reason  #: R ParcelReturned.reason
