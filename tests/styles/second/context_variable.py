"""Context variable."""

from contextvars import ContextVar

from contracts.orders import OrderPlaced

current: ContextVar[OrderPlaced] = ContextVar("current")


def handle(event: OrderPlaced) -> None:
    token = current.set(event)
    try:
        work()
    finally:
        current.reset(token)


def work():
    print(current.get().order_id)  #: R OrderPlaced.order_id
