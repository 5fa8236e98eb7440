"""The plain poll loop of confluent-kafka."""
import logging
import sys

from confluent_kafka import Consumer, KafkaException

from contracts import decode
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped

log = logging.getLogger("loop")


def main():
    consumer = Consumer({"bootstrap.servers": "localhost", "group.id": "loop", "enable.auto.commit": False})
    consumer.subscribe(["orders.order-placed", "parcels.parcel-shipped"])
    try:
        while True:
            msg = consumer.poll(1.0)
            if msg is None:
                continue
            if msg.error():
                raise KafkaException(msg.error())
            event = decode(msg.value())
            if isinstance(event, OrderPlaced):
                log.info("order %s worth %d", event.order_id, event.total.value)  #: R OrderPlaced.order_id, R OrderPlaced.total, R Amount.value
            elif isinstance(event, ParcelShipped) and event.courier is not None:  #: R ParcelShipped.courier
                log.info("parcel %s with %s", event.parcel_id, event.courier.name)  #: R ParcelShipped.parcel_id, R ParcelShipped.courier, R Courier.name
            consumer.commit(msg)
    finally:
        consumer.close()


if __name__ == "__main__":
    sys.exit(main())
