"""A callback for RabbitMQ, in the manner of pika's tutorial."""
import pika

import contracts
from contracts.orders import OrderPlaced

THRESHOLD = 50_000


def on_message(channel, method, properties, body):
    order = contracts.decode(body, OrderPlaced)  #: H OrderPlaced
    if needs_review(order):
        channel.basic_publish("", "review", order.order_id.encode())  #: R OrderPlaced.order_id
    channel.basic_ack(method.delivery_tag)


def needs_review(order):
    many = len(order.lines) > 20  #: R OrderPlaced.lines
    return many or worth(order.total) > THRESHOLD  #: R OrderPlaced.total


def worth(amount):
    factor = 100 if amount.unit == "JPY" else 1  #: R Amount.unit
    return amount.value * factor  #: R Amount.value


if __name__ == "__main__":
    connection = pika.BlockingConnection(pika.ConnectionParameters("localhost"))
    channel = connection.channel()
    channel.basic_consume("orders", on_message)
    channel.start_consuming()
