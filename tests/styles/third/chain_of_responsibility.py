"""Steps that pass an event on to the next one, or don't."""

from __future__ import annotations

from typing import Optional

from contracts.parcels import ParcelReturned


class Step:
    def __init__(self, following: Optional[Step] = None) -> None:
        self._following = following

    def decide(self, event: ParcelReturned) -> str:  #: H ParcelReturned
        return self._following.decide(event) if self._following else "clerk"


class SmallRefund(Step):
    limit = 2_000

    def decide(self, event: ParcelReturned) -> str:
        if event.refund.value <= self.limit:  #: R ParcelReturned.refund, R Amount.value
            return "automatic"
        return super().decide(event)


class Damaged(Step):
    words = {"broken", "wet"}

    def decide(self, event: ParcelReturned) -> str:
        if self.words & set(event.reason.split()):  #: R ParcelReturned.reason
            return f"insurance {event.parcel_id}"  #: R ParcelReturned.parcel_id
        return super().decide(event)


class Spare(Step):
    def decide(self, event: ParcelReturned) -> str:
        return "stock" if all(i.sku.startswith("S") for i in event.items) else super().decide(event)  #: R Item.sku, R ParcelReturned.items


DECISION = SmallRefund(Damaged(Spare()))
