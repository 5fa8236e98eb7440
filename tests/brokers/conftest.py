"""A shop on the broker that the tests here run on: a nats-server, or with `--broker kafka --broker cluster` others."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from tests.support.brokers.server import Server
from tests.support.brokers.shop import make_shops
from tests.support.brokers.world import World, importable


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of the generated packages `shop` and `newer_shop`, which can be imported."""
    folders = make_shops(tmp_path_factory.mktemp("shops"))
    importable(folders)
    return folders


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
