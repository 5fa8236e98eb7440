"""What is found across files that no import connects: fixtures of tests, and modules that are loaded by name."""

from __future__ import annotations

from pathlib import Path

from tests.support.usage import index_of, said, write_project


def facts_of(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    index = index_of(write_project(folder, {f"consumers/office/{name}": text for name, text in files.items()}))
    return {name: said(each for each in index.facts if each.file == f"consumers/office/{name}") for name in files}


CONFTEST = """
import pytest
from contracts.orders import OrderPlaced
from contracts.testing import sample
@pytest.fixture
def placed():
    return sample(OrderPlaced)
@pytest.fixture(name="given")
def _given(placed):
    yield placed
"""
TEST = """
import pytest
from contracts.orders import PlaceOrder
from contracts.testing import sample
def test_it(placed, given, other):
    assert placed.customer == given.order_id
@pytest.mark.parametrize("order", [sample(PlaceOrder)])
def test_other(order):
    assert order.gift
"""


def test_fixtures_of_tests(tmp_path: Path) -> None:
    found = facts_of(tmp_path, {"tests/conftest.py": CONFTEST, "tests/test_it.py": TEST})
    assert found["tests/conftest.py"] == ["7 construct OrderPlaced"]
    assert found["tests/test_it.py"] == [
        "6 read OrderPlaced.customer",
        "6 read OrderPlaced.order_id",
        "7 construct PlaceOrder",
        "8 handle PlaceOrder",
        "9 read PlaceOrder.gift",
    ]


HANDLER = """
def on_message(event):
    return event.customer, event.weight
"""


def test_modules_that_are_loaded_by_name(tmp_path: Path) -> None:
    main = """
import importlib
from contracts.orders import OrderPlaced
def receive(event: OrderPlaced, name):
    importlib.import_module(name).on_message(event)
"""
    found = facts_of(tmp_path, {"main.py": main, "handlers/orders.py": HANDLER})
    assert found["main.py"] == ["4 handle OrderPlaced", "5 escape OrderPlaced"]
    assert found["handlers/orders.py"] == ["3 maybe OrderPlaced.customer"]


def test_modules_of_the_generated_package_are_no_others(tmp_path: Path) -> None:
    main = """
import importlib
from contracts.orders import OrderPlaced
def receive(event: OrderPlaced, name):
    return importlib.import_module(f"contracts.{name}")
"""
    assert facts_of(tmp_path, {"main.py": main, "handlers/orders.py": HANDLER})["handlers/orders.py"] == []


def test_what_is_built_nearby_may_come_where_nothing_else_does(tmp_path: Path) -> None:
    main = """
import somelib
from contracts.orders import OrderPlaced
from contracts.testing import sample
def show():
    kept = somelib.kept()
    return kept.customer
def start():
    somelib.keep(sample(OrderPlaced))
"""
    found = facts_of(tmp_path, {"main.py": main})["main.py"]
    assert found == ["7 maybe OrderPlaced.customer", "9 construct OrderPlaced", "9 escape OrderPlaced"]
