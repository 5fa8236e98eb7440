"""Observer list."""

from contracts.parcels import ParcelShipped


class Bus:
    def __init__(self):
        self.listeners = []

    def listen(self, function):
        self.listeners.append(function)
        return function

    def tell(self, event):
        for function in self.listeners:
            function(event)


bus = Bus()


@bus.listen
def on_event(event):
    print(event.destination.street)  #: R ParcelShipped.destination, R Place.street


def start(event: ParcelShipped):
    bus.tell(event)
