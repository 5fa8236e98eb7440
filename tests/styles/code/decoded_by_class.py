"""Decoding with the class, and from JSON in a test fixture."""
import contracts
from contracts.orders import OrderPlaced
from contracts.parcels import ParcelShipped


def load(data: bytes) -> str:
    placed = contracts.decode(data, OrderPlaced)  #: H OrderPlaced
    return placed.customer  #: R OrderPlaced.customer


def fixture(text: str) -> int:
    return contracts.from_json(ParcelShipped, text).weight  #: H ParcelShipped, R ParcelShipped.weight
