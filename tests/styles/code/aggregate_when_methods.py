"""An aggregate that replays its history through methods named after the events."""
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned, ParcelShipped


class Order:
    def __init__(self):
        self.placed = None
        self.returned = []

    def replay(self, history: "list[OrderPlaced | ParcelShipped | ParcelReturned]") -> None:  #: H OrderPlaced, H ParcelShipped, H ParcelReturned
        for event in history:
            if isinstance(event, OrderPlaced):  #: H OrderPlaced
                self.when_placed(event)
            elif isinstance(event, ParcelReturned):  #: H ParcelReturned
                self.when_returned(event)

    def when_placed(self, event):
        self.placed = event
        self.total = event.total.value  #: R OrderPlaced.total, R Amount.value

    def when_returned(self, event):
        self.returned.append(event)

    def refund_due(self):
        return sum(each.refund.value for each in self.returned)  #: R ParcelReturned.refund, R Amount.value

    def owner(self):
        return self.placed.customer  #: R OrderPlaced.customer
