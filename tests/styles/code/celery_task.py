"""A task queue: the event itself is handed to a library."""
from celery import Celery
from contracts.orders import OrderPlaced

app = Celery("orders")


@app.task
def send_receipt(order_id: str, total: int) -> None:
    print(order_id, total)


def on_placed(event: OrderPlaced) -> None:  #: H OrderPlaced
    send_receipt.delay(event.order_id, event.total.value)  #: R OrderPlaced.order_id, R OrderPlaced.total, R Amount.value
