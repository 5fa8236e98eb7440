"""Msgspec conversions."""

import msgspec
from contracts.orders import OrderPlaced
from contracts.shared import Amount


def read(data: bytes) -> str:
    event = msgspec.json.decode(data, type=OrderPlaced)
    return event.order_id  #: R OrderPlaced.order_id


def amount(row: dict) -> int:
    return msgspec.convert(row, Amount).value  #: R Amount.value


def write(event: OrderPlaced) -> bytes:
    return msgspec.json.encode(event)  #: E OrderPlaced


def cheaper(event: OrderPlaced) -> OrderPlaced:
    return msgspec.structs.replace(event, total=Amount(value=1, unit="EUR"))  #: W OrderPlaced.total, W Amount.value, W Amount.unit
