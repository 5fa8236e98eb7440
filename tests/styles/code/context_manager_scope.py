"""A context manager that hands the event on."""
import contextlib
import time

from contracts.orders import PlaceOrder


@contextlib.contextmanager
def timed(command):
    started = time.monotonic()
    yield command
    print(command.order_id, time.monotonic() - started)  #: R PlaceOrder.order_id


def handle(command: PlaceOrder) -> int:  #: H PlaceOrder
    with timed(command) as running:
        return running.total.value  #: R PlaceOrder.total, R Amount.value
