from contracts.customers import CustomerRegistered


def on_registered(event: CustomerRegistered) -> str:
    return event.date_of_birth
