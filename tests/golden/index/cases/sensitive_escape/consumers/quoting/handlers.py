import json

from contracts.customers import CustomerRegistered


def on_registered(event: CustomerRegistered) -> str:
    return json.dumps(vars(event))
