from contracts.customers import AddressChanged


def on_address_changed(event: AddressChanged)
    return event.reason
