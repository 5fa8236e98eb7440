"""Patterns with alternatives, captures and guards."""

from contracts.orders import OrderPlaced, PlaceOrder
from contracts.parcels import ParcelReturned, ParcelShipped
from contracts.shared import Amount, Courier, Item, Place

Event = OrderPlaced | PlaceOrder | ParcelShipped | ParcelReturned


def route(event: Event) -> str:  #: H OrderPlaced, H PlaceOrder, H ParcelShipped, H ParcelReturned
    match event:
        case OrderPlaced(customer=who) | PlaceOrder(customer=who):  #: R OrderPlaced.customer, R PlaceOrder.customer
            return f"orders/{who}"
        case ParcelShipped(courier=Courier(name=name), destination=Place(zone="A" | "B" as zone)):  #: R ParcelShipped.courier, R Courier.name, R ParcelShipped.destination, R Place.zone
            return f"fast/{zone}/{name}"
        case ParcelShipped(courier=None, weight=grams) if grams > 1000:  #: R ParcelShipped.courier, R ParcelShipped.weight
            return "heavy"
        case ParcelReturned(refund=Amount(value=0)):  #: R ParcelReturned.refund, R Amount.value
            return "no-money"
        case ParcelReturned(items=[Item(count=1, sku=only)]):  #: R ParcelReturned.items, R Item.count, R Item.sku
            return f"single/{only}"
        case ParcelReturned(items=[Item() as first, *rest], reason=str(why)):  #: R ParcelReturned.items, R ParcelReturned.reason
            return f"{why}/{first.price.unit}/{len(rest)}"  #: R Item.price, R Amount.unit
        case other:
            return other.parcel_id  #: R ParcelShipped.parcel_id, R ParcelReturned.parcel_id
