from contracts.customers import AddressChanged, ChangeAddress
from contracts.integrations.kafka import publish


def move(customer_id, address):
    publish(ChangeAddress(customer_id=customer_id, address=address))


def moved(customer_id, address):
    publish(AddressChanged(customer_id=customer_id, address=address, reason="moved"))
