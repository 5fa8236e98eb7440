"""The brokers that the tests here run on: a nats-server by default, others with `--broker kafka --broker cluster`."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.brokers.server import Server
from tests.support.brokers.shop import make_shops
from tests.support.brokers.start import make_server
from tests.support.brokers.world import World, importable

BROKERS = ("nats", "cluster", "kafka")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--broker", action="append", choices=BROKERS, help="run the tests on this broker")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--broker", None) or ["nats"]
        metafunc.parametrize("server_kind", chosen, scope="session")


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of the generated packages `shop` and `newer_shop`, which can be imported."""
    folders = make_shops(tmp_path_factory.mktemp("shops"))
    importable(folders)
    return folders


@pytest.fixture(scope="session")
def server(server_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A broker that is started once for all tests."""
    found = make_server(server_kind, tmp_path_factory.mktemp(server_kind))
    try:
        found.start()
        yield found
    finally:
        found.stop()


@pytest.fixture
def world(server: Server, shops: list[Path], request: pytest.FixtureRequest) -> World:
    """The shop with channels of this test's own, declared."""
    prefix = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[:60].strip("-")
    found = World(server, shops, prefix)
    declared = found.declare()
    assert declared.code == 0, declared
    return found


@pytest.fixture(autouse=True)
def quiet() -> None:
    """What the libraries say while brokers are killed is of no interest."""
    logging.getLogger("nats.aio.client").setLevel(logging.CRITICAL)
