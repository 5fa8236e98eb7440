"""Generator pipeline."""

from contracts.orders import OrderPlaced


def only_big(events):
    for event in events:
        if event.total.value > 100:  #: R OrderPlaced.total, R Amount.value
            yield event


def names(events):
    yield from (event.customer for event in events)  #: R OrderPlaced.customer


def run(events: list[OrderPlaced]):
    return list(names(only_big(events)))
