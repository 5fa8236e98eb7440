from contracts.customers import AddressChanged, CustomerRegistered


def on_registered(event: CustomerRegistered) -> str:
    return render(**vars(event))


def on_registered_again(event: CustomerRegistered) -> str:
    return render(**vars(event))  # avow: reads CustomerRegistered.customer_id


def on_address_changed(event: AddressChanged) -> str:
    return render(**vars(event))


def render(**fields): ...
