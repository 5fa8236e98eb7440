import json

from contracts.customers import CustomerMoved


def keep(event: CustomerMoved, file) -> None:
    file.write(json.dumps(vars(event), default=str))
