"""Puts work into a queue in Redis."""
from redis import Redis
from rq import Queue, Retry

from contracts.orders import OrderPlaced
from contracts.shared import Amount, Line

queue = Queue("invoices", connection=Redis())


def on_order(event: OrderPlaced) -> None:  #: H OrderPlaced
    if event.total.value == 0:  #: R OrderPlaced.total, R Amount.value
        return
    queue.enqueue(invoice, event.order_id, event.lines, due=event.total, retry=Retry(max=3))  #: R OrderPlaced.order_id, R OrderPlaced.lines, R OrderPlaced.total, E Line, E Amount
    queue.enqueue(thank, event.customer, job_id=f"thank-{event.order_id}")  #: R OrderPlaced.customer, R OrderPlaced.order_id


def invoice(order_id: str, lines: list[Line], due: Amount) -> None:
    for line in lines:
        print(order_id, line.sku, line.quantity, line.unit_price.value)  #: R Line.sku, R Line.quantity, R Line.unit_price, R Amount.value
    print("due", due.value, due.unit)  #: R Amount.value, R Amount.unit


def thank(customer):
    print("thank you", customer)
