from contracts.customers import AddressChanged, ChangeAddress


def change_address(command: ChangeAddress) -> str:
    return command.customer_id


def change_again(command: ChangeAddress) -> str:
    return command.customer_id
