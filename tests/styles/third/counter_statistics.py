"""Statistics over returns."""
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from contracts.parcels import ParcelReturned


@dataclass
class Statistics:
    reasons: Counter = field(default_factory=Counter)
    pieces: Counter = field(default_factory=Counter)
    refunds: defaultdict = field(default_factory=lambda: defaultdict(list))

    def __iadd__(self, event: ParcelReturned):
        self.reasons[event.reason.lower()] += 1  #: R ParcelReturned.reason
        self.pieces.update({item.sku: item.count for item in event.items})  #: R ParcelReturned.items, R Item.sku, R Item.count
        self.refunds[event.refund.unit].append(event.refund.value)  #: R ParcelReturned.refund, R Amount.unit, R Amount.value
        return self

    def worst(self, n=3):
        return [sku for sku, count in self.pieces.most_common(n) if count > 1]


def collect(events: list[ParcelReturned]) -> Statistics:  #: H ParcelReturned
    statistics = Statistics()
    for event in events:
        statistics += event
    return statistics
