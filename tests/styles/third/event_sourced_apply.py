"""A customer's account, folded out of its events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import Union

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned

History = Union[OrderPlaced, ParcelReturned]


@dataclass(frozen=True)
class Account:
    owner: str = ""
    spent: int = 0
    orders: frozenset[str] = frozenset()
    returned: int = 0

    def apply(self, event: History) -> Account:
        if isinstance(event, OrderPlaced):
            return replace(
                self,
                owner=event.customer,  #: R OrderPlaced.customer
                spent=self.spent + event.total.value,  #: R OrderPlaced.total, R Amount.value
                orders=self.orders | {event.order_id},  #: R OrderPlaced.order_id
            )
        refund = event.refund  #: R ParcelReturned.refund
        return replace(self, spent=self.spent - refund.value, returned=self.returned + len(event.items))  #: R Amount.value, R ParcelReturned.items


def rebuild(history: list[History]) -> Account:  #: H OrderPlaced, H ParcelReturned
    return reduce(Account.apply, history, Account())
