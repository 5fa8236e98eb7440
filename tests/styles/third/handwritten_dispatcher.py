"""A dispatcher that keeps lists of callables by class."""
from collections import defaultdict
from typing import Any, Callable, DefaultDict, List, Type

import contracts
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned


class Dispatcher:
    def __init__(self) -> None:
        self._handlers: DefaultDict[Type[Any], List[Callable[[Any], None]]] = defaultdict(list)

    def register(self, event_type: Type[Any], handler: Callable[[Any], None]) -> None:
        self._handlers[event_type].append(handler)

    def dispatch(self, raw: bytes) -> None:
        event = contracts.decode(raw)
        for handler in self._handlers[type(event)]:
            handler(event)


class Ledger:
    def __init__(self, dispatcher: Dispatcher) -> None:
        self.balance = 0
        dispatcher.register(OrderPlaced, self._credit)
        dispatcher.register(ParcelReturned, self._debit)

    def _credit(self, order):  #: H OrderPlaced
        self.balance += order.total.value  #: R OrderPlaced.total, R Amount.value

    def _debit(self, returned):  #: H ParcelReturned
        self.balance -= returned.refund.value  #: R ParcelReturned.refund, R Amount.value
