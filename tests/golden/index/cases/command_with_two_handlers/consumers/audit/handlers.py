from contracts.customers import AddressChanged, ChangeAddress


def note(command: ChangeAddress) -> str:
    return command.customer_id


def on_changed(event: AddressChanged) -> str:
    return event.customer_id
