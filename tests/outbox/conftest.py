"""The databases that the tests here run on: SQLite by default, PostgreSQL with `--database postgresql`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from tests.support.brokers.shop import make_shops
from tests.support.brokers.world import importable


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", action="append", choices=("sqlite", "postgresql"), help="run the tests on this")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database", None) or ["sqlite"]
        metafunc.parametrize("database_kind", chosen, scope="session")


@pytest.fixture(scope="session", autouse=True)
def shops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = make_shops(tmp_path_factory.mktemp("shops"))
    importable(folders)
    return folders


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A PostgreSQL of the tests' own. As root it runs as another user, who may not look into pytest's folders."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", f"{folder}/run")
        import pgserver

        server = pgserver.get_server(f"{folder}/data")
        yield server
        server.cleanup()


@pytest.fixture
def url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path}/shop.db"
    server = request.getfixturevalue("postgresql")
    name = f"shop_{uuid4().hex}"
    server.psql(f"create database {name};")
    return str(server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://")
