from contracts.customers import AddressChanged, CustomerRegistered
from contracts.integrations.outbox import emit


def moved(address):
    emit(AddressChanged(customer_id="", address=address, reason=""))
    emit(CustomerRegistered(customer_id="", date_of_birth=""))
