"""Order between events by parts of them."""
from functools import cmp_to_key, total_ordering
from heapq import heappush
from operator import itemgetter

from contracts.parcels import ParcelReturned


@total_ordering
class Ranked:
    def __init__(self, returned: ParcelReturned) -> None:  #: H ParcelReturned
        self.returned = returned

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ranked) and self.returned.refund.value == other.returned.refund.value  #: R ParcelReturned.refund, R Amount.value

    def __lt__(self, other: "Ranked") -> bool:
        return self.returned.refund.value < other.returned.refund.value  #: R ParcelReturned.refund, R Amount.value


def compare(left, right):
    return len(left.items) - len(right.items)  #: R ParcelReturned.items


def worst(all_returned: list[ParcelReturned]) -> list[ParcelReturned]:  #: H ParcelReturned
    heap: list[tuple[int, str]] = []
    for each in all_returned:
        heappush(heap, (each.refund.value, each.reason))  #: R ParcelReturned.refund, R Amount.value, R ParcelReturned.reason
    print(max(heap, key=itemgetter(0)))
    return sorted(all_returned, key=cmp_to_key(compare))
