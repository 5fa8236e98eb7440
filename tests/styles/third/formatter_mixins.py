"""Mixins that expect an event on self."""

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned


class MoneyMixin:
    event: "OrderPlaced | ParcelReturned"

    def money(self) -> str:
        amount = self.event.total if isinstance(self.event, OrderPlaced) else self.event.refund  #: R OrderPlaced.total, R ParcelReturned.refund
        return f"{amount.value / 100:,.2f} {amount.unit}"  #: R Amount.value, R Amount.unit


class LinesMixin:
    event: OrderPlaced

    def pieces(self) -> int:
        return sum(line.quantity for line in self.event.lines)  #: R Line.quantity, R OrderPlaced.lines


class OrderText(LinesMixin, MoneyMixin):
    event: OrderPlaced

    def __init__(self, event: OrderPlaced) -> None:  #: H OrderPlaced
        self.event = event

    def __format__(self, spec: str) -> str:
        text = f"{self.event.customer}: {self.money()}"  #: R OrderPlaced.customer
        return f"{text} ({self.pieces()})" if spec == "long" else text


class ReturnText(MoneyMixin):
    def __init__(self, event: ParcelReturned) -> None:  #: H ParcelReturned
        self.event = event
        self.title = event.reason.capitalize()  #: R ParcelReturned.reason
