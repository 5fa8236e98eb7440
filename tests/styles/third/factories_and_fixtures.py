"""Factories and a test, pytest's way."""
import pytest

from contracts.orders import OrderPlaced
from contracts.shared import Amount, Line
from contracts.testing import sample


def make_line(sku="A-1", quantity=1, cents=100):
    return Line(sku=sku, quantity=quantity, unit_price=Amount(value=cents, unit="EUR"))  #: C Line, C Amount, W Line.sku, W Line.quantity, W Line.unit_price, W Amount.value, W Amount.unit


@pytest.fixture
def order() -> OrderPlaced:
    return sample(OrderPlaced, order_id="7", lines=[make_line(), make_line("B-2", 3)])  #: C OrderPlaced, W OrderPlaced.order_id, W OrderPlaced.lines, E OrderPlaced


def discount(order: OrderPlaced) -> int:
    pieces = sum(line.quantity for line in order.lines)  #: R Line.quantity, R OrderPlaced.lines
    return 10 if pieces > 3 else 0


def test_discount(order: OrderPlaced) -> None:
    assert discount(order) == 10
    assert order.order_id == "7"  #: R OrderPlaced.order_id


@pytest.mark.parametrize("quantity", [1, 2])
def test_line(quantity: int) -> None:
    line = make_line(quantity=quantity)
    assert (line.sku, line.unit_price.value) == ("A-1", 100)  #: R Line.sku, R Line.unit_price, R Amount.value
