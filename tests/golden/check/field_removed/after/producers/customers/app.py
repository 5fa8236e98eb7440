from aiokafka import AIOKafkaProducer

from contracts.customers import CustomerMoved
from contracts.shared import Address


async def move(customer_id: str, address: Address, why: str, kafka: AIOKafkaProducer) -> None:
    await kafka.send("customers.moved", CustomerMoved(customer_id=customer_id, address=address, reason=why))
