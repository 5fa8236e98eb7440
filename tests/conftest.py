from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.brokers.server import Server

BROKERS = ("nats", "cluster", "kafka")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the expected files of golden cases anew")
    parser.addoption("--broker", action="append", choices=BROKERS, help="run what needs a broker on this one")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--broker") or ["nats"]
        metafunc.parametrize("server_kind", chosen, scope="session")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def server(server_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A broker that is started once for all tests: a nats-server by default."""
    from tests.support.brokers.start import make_server

    found = make_server(server_kind, tmp_path_factory.mktemp(server_kind))
    try:
        found.start()
        yield found
    finally:
        found.stop()
