"""Orders a replacement for what came back broken."""

import uuid

from faststream.kafka import KafkaBroker

from contracts.orders import PlaceOrder
from contracts.parcels import ParcelReturned
from contracts.shared import Amount, Item, Line

broker = KafkaBroker("localhost:9092")
replacements = broker.publisher("orders.place-order")


def to_line(item: Item) -> Line:
    return Line(sku=item.sku, quantity=item.count, unit_price=item.price)  #: C Line, W Line.sku, W Line.quantity, W Line.unit_price, R Item.sku, R Item.count, R Item.price


@replacements
@broker.subscriber("parcels.parcel-returned")
async def replace_broken(event: ParcelReturned) -> "PlaceOrder | None":  #: H ParcelReturned
    if event.reason != "broken":  #: R ParcelReturned.reason
        return None
    lines = [to_line(item) for item in event.items]  #: R ParcelReturned.items
    free = Amount(value=0, unit=event.refund.unit)  #: C Amount, W Amount.value, W Amount.unit, R ParcelReturned.refund, R Amount.unit
    return PlaceOrder(order_id=str(uuid.uuid4()), customer="house", lines=lines, total=free, gift=False)  #: C PlaceOrder, W PlaceOrder.order_id, W PlaceOrder.customer, W PlaceOrder.lines, W PlaceOrder.total, W PlaceOrder.gift, E PlaceOrder
