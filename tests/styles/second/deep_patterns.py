"""Deep patterns."""

from contracts.orders import OrderPlaced, PlaceOrder
from contracts.shared import Amount, Line


def judge(event: OrderPlaced | PlaceOrder) -> str:
    match event:
        case OrderPlaced(total=Amount(value=0)):  #: R OrderPlaced.total, R Amount.value
            return "free"
        case OrderPlaced(lines=[Line(sku=sku), *_]):  #: R OrderPlaced.lines, R Line.sku
            return sku
        case PlaceOrder(gift=True) as command if command.customer:  #: R PlaceOrder.gift, R PlaceOrder.customer
            return command.order_id  #: R PlaceOrder.order_id
        case _:
            return "none"
