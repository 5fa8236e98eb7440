from contracts.customers import ChangeAddress
from contracts.integrations.kafka import publish


def move(address):
    publish(ChangeAddress(customer_id="", address=address))
