from contracts.customers import AddressChanged, CustomerRegistered


def on_address_changed(event: AddressChanged) -> str:
    return event.customer_id


def on_registered(event: CustomerRegistered) -> str:
    return event.customer_id
