"""A web view that builds a command from a request and answers with an event."""
import uuid

from contracts.orders import OrderPlaced, PlaceOrder
from contracts.shared import Amount, Line
from flask import Blueprint, request

views = Blueprint("orders", __name__)


@views.post("/orders")
def place():
    body = request.get_json()
    command = PlaceOrder(  #: C PlaceOrder
        order_id=str(uuid.uuid4()),  #: W PlaceOrder.order_id
        customer=body["customer"],  #: W PlaceOrder.customer
        lines=[  #: W PlaceOrder.lines
            Line(  #: C Line
                sku=row["sku"],  #: W Line.sku
                quantity=row["quantity"],  #: W Line.quantity
                unit_price=Amount(value=row["price"], unit="EUR"),  #: W Line.unit_price, C Amount, W Amount.value, W Amount.unit
            )
            for row in body["lines"]
        ],
        total=Amount(value=0, unit="EUR"),  #: W PlaceOrder.total, C Amount, W Amount.value, W Amount.unit
        gift=bool(body.get("gift")),  #: W PlaceOrder.gift
    )
    placed = accept(command)
    return {"id": placed.order_id, "by": placed.placed_by}  #: R OrderPlaced.order_id, R OrderPlaced.placed_by


def accept(command: PlaceOrder) -> OrderPlaced:  #: H PlaceOrder
    return OrderPlaced(  #: C OrderPlaced
        order_id=command.order_id,  #: W OrderPlaced.order_id, R PlaceOrder.order_id
        customer=command.customer,  #: W OrderPlaced.customer, R PlaceOrder.customer
        total=command.total,  #: W OrderPlaced.total, R PlaceOrder.total
        lines=command.lines,  #: W OrderPlaced.lines, R PlaceOrder.lines
        placed_by="web",  #: W OrderPlaced.placed_by
    )
