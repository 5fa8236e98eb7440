"""What `make integration` installs and starts, one fixture each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.support.java import FOLDER, Java


@pytest.fixture(scope="session")
def java() -> Iterator[Java]:
    if not (FOLDER / "classes").is_dir():
        pytest.fail(f"nothing is installed in {FOLDER.name}: run `make integration`", pytrace=False)
    process = Java()
    yield process
    process.close()
