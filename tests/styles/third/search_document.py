"""Documents for the search of the back office."""
from contracts.orders import OrderPlaced
from contracts.shared import Amount, Line


def money(a: Amount):
    return {"amount": a.value / 100, "currency": a.unit}  #: R Amount.value, R Amount.unit


def line_document(position: int, line: Line):
    return {"position": position, "sku": line.sku, "price": money(line.unit_price)}  #: R Line.sku, R Line.unit_price


def document(order: OrderPlaced):
    doc = dict(
        _id=order.order_id,  #: R OrderPlaced.order_id
        customer={"name": order.customer, "clerk": order.placed_by},  #: R OrderPlaced.customer, R OrderPlaced.placed_by
        total=money(order.total),  #: R OrderPlaced.total
    )
    doc["lines"] = [line_document(n, line) for n, line in enumerate(order.lines)]  #: R OrderPlaced.lines
    doc["text"] = " ".join([order.customer, *(line.sku for line in order.lines)])  #: R OrderPlaced.customer, R Line.sku, R OrderPlaced.lines
    return doc


class Indexer:
    def __init__(self, es):
        self.es = es

    def handle(self, order: OrderPlaced):  #: H OrderPlaced
        doc = document(order)
        self.es.index(index="orders", id=doc.pop("_id"), document=doc)
