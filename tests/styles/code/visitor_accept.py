"""Double dispatch with a visitor that knows each event."""
from contracts.parcels import ParcelReturned, ParcelShipped


class Visitor:
    def shipped(self, event):
        return event.note  #: R ParcelShipped.note

    def returned(self, event):
        return event.reason  #: R ParcelReturned.reason


def accept(event: ParcelShipped | ParcelReturned, visitor: Visitor) -> str:  #: H ParcelShipped, H ParcelReturned
    if isinstance(event, ParcelShipped):  #: H ParcelShipped
        return visitor.shipped(event)
    return visitor.returned(event)
