"""Star unpacking."""

from contracts.orders import OrderPlaced


def ends(events: list[OrderPlaced]):
    first, *middle, last = events
    print(first.order_id, last.customer)  #: R OrderPlaced.order_id, R OrderPlaced.customer
    return [each.placed_by for each in middle], events[-1].total.unit  #: R OrderPlaced.placed_by, R OrderPlaced.total, R Amount.unit


def zipped(events: list[OrderPlaced], names: list[str]):
    for name, event in zip(names, reversed(events)):
        yield name, event.lines[0].sku  #: R OrderPlaced.lines, R Line.sku
