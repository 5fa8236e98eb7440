"""Compares what was ordered with what was sent, line by line."""
from itertools import pairwise, zip_longest

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped


def compare(order: OrderPlaced, parcel: ParcelShipped):  #: H OrderPlaced, H ParcelShipped
    lines = sorted(order.lines, key=lambda x: x.sku)  #: R OrderPlaced.lines, R Line.sku
    items = sorted(parcel.items, key=lambda x: (x.sku, -x.count))  #: R ParcelShipped.items, R Item.sku, R Item.count
    for n, (line, item) in enumerate(zip_longest(lines, items), 1):
        if line is None:
            yield n, "too much", item.sku  #: R Item.sku
        elif item is None:
            yield n, "missing", line.sku  #: R Line.sku
        elif line.sku == item.sku and line.quantity != item.count:  #: R Line.sku, R Item.sku, R Line.quantity, R Item.count
            yield n, "count", line.quantity - item.count  #: R Line.quantity, R Item.count


def prices_agree(order: OrderPlaced, parcel: ParcelShipped) -> bool:  #: H OrderPlaced, H ParcelShipped
    pairs = zip(order.lines, parcel.items)  #: R OrderPlaced.lines, R ParcelShipped.items
    return all(line.unit_price.value == item.price.value for line, item in pairs)  #: R Line.unit_price, R Item.price, R Amount.value


def rising(parcels: list[ParcelShipped]) -> bool:  #: H ParcelShipped
    return all(a.weight <= b.weight for a, b in pairwise(parcels))  #: R ParcelShipped.weight
