"""Rows of a database have the names of an event's fields, which is built from them."""
from contracts.orders import OrderPlaced
from contracts.shared import Amount
from sqlalchemy import select
from sqlalchemy.orm import Session

from .tables import orders


def load(session: Session, order_id):
    row = session.execute(select(orders).where(orders.c.order_id == order_id)).one()
    return OrderPlaced(  #: C OrderPlaced
        order_id=row.order_id,  #: W OrderPlaced.order_id
        customer=row.customer,  #: W OrderPlaced.customer
        total=Amount(value=row.total, unit="EUR"),  #: W OrderPlaced.total, C Amount, W Amount.value, W Amount.unit
        lines=[],  #: W OrderPlaced.lines
        placed_by=row.placed_by,  #: W OrderPlaced.placed_by
    )
