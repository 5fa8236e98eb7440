import contracts


def write(event):
    return event.reason, event.customer_id


def read(data: bytes) -> None:
    print(write(contracts.decode(data)))
