from contracts.customers import AddressChanged
from contracts.integrations.kafka import publish


def moved(customer_id, address):
    publish(AddressChanged(customer_id=customer_id, address=address, reason="moved"))
