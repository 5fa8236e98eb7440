"""Resolvers for the shop's GraphQL; the library hands over the object."""
from ariadne import ObjectType, QueryType

from contracts.orders import OrderPlaced
from contracts.shared import Amount

query = QueryType()
order_type = ObjectType("Order")
_orders: dict[str, OrderPlaced] = {}


def on_order(event: OrderPlaced) -> None:  #: H OrderPlaced
    _orders[event.order_id] = event  #: R OrderPlaced.order_id


@query.field("order")
def resolve_order(_, info, id):
    return _orders.get(id)  #: E OrderPlaced


@order_type.field("total")
def resolve_total(obj, info):
    return format_amount(obj.total)  #: D OrderPlaced.total


@order_type.field("clerk")
def resolve_clerk(obj: OrderPlaced, info) -> str:  #: H OrderPlaced
    return obj.placed_by or "web"  #: R OrderPlaced.placed_by


def format_amount(amount: Amount) -> str:
    return f"{amount.value} {amount.unit}"  #: R Amount.value, R Amount.unit
