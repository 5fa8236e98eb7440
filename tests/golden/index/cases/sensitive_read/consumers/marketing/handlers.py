from contracts.customers import AddressChanged, CustomerRegistered


def on_address_changed(event: AddressChanged) -> str:
    return event.address.postcode


def on_registered(event: CustomerRegistered) -> str:
    return greeting(event)


def greeting(event):
    return event.customer_id + event.date_of_birth[:4]
