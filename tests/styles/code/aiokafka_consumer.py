"""A consumer that decodes by hand and dispatches on the class."""
import contracts
from aiokafka import AIOKafkaConsumer
from contracts.parcels import ParcelReturned, ParcelShipped


async def consume(servers: str) -> None:
    consumer = AIOKafkaConsumer("parcels", bootstrap_servers=servers)
    await consumer.start()
    try:
        async for message in consumer:
            event = contracts.decode(message.value)
            if isinstance(event, ParcelShipped):  #: H ParcelShipped
                print(event.note)  #: R ParcelShipped.note
            elif isinstance(event, ParcelReturned):  #: H ParcelReturned
                print(event.refund.unit)  #: R ParcelReturned.refund, R Amount.unit
    finally:
        await consumer.stop()
