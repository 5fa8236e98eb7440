from contracts.orders import OrderPlaced
from contracts.parcels import ParcelReturned

from .domain import Stock


class StockService:
    def __init__(self, stock: Stock) -> None:
        self.stock = stock

    def placed(self, event: OrderPlaced) -> None:  #: H OrderPlaced
        for line in event.lines:  #: R OrderPlaced.lines
            self.stock.take(line)

    def returned(self, event: ParcelReturned) -> None:  #: H ParcelReturned
        self.stock.put_back(event.items)  #: R ParcelReturned.items
