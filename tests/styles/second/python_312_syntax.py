"""Python 312 syntax."""

from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

type Event = OrderPlaced | ParcelShipped


class Box[T]:
    def __init__(self, value: T) -> None:
        self.value = value


def first[T](values: list[T]) -> T:
    return values[0]


def handle(events: list[Event]) -> str:
    match first(events):
        case OrderPlaced() as order:
            return Box(order).value.customer  #: R OrderPlaced.customer
        case ParcelShipped() as parcel:
            return parcel.note  #: R ParcelShipped.note
