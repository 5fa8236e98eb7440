import contracts
from contracts.orders import OrderPlaced

from .application import StockService
from .domain import Stock

service = StockService(Stock())


def on_message(data: bytes) -> None:
    event = contracts.decode(data, OrderPlaced)  #: H OrderPlaced
    service.placed(event)
    print(event.placed_by)  #: R OrderPlaced.placed_by
