"""The packages `shop` and `newer_shop`, of which the newer one answers more."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.brokers.shop import make_shops
from tests.support.brokers.world import importable


@pytest.fixture(scope="session", autouse=True)
def shops(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folders = make_shops(tmp_path_factory.mktemp("shops"))
    importable(folders)
    return folders
