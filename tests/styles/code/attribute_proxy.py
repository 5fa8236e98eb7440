"""A proxy that forwards attributes it does not know."""
from contracts.orders import PlaceOrder


class Audited:
    def __init__(self, inner: PlaceOrder) -> None:  #: H PlaceOrder
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)  #: E PlaceOrder, D PlaceOrder.gift


def is_gift(command: PlaceOrder) -> bool:  #: H PlaceOrder
    return bool(Audited(command).gift)
