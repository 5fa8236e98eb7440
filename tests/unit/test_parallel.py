"""Units are rendered in several processes, and the texts are those of one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from avow.generate.parallel import render

UNITS = [f"unit{number}" for number in range(1000)]
SERIAL = {f"{unit}.py": f"text of {unit}" for unit in UNITS}
forking = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process renders all")


def _texts(unit: str) -> Iterator[tuple[str, str]]:
    yield f"{unit}.py", f"text of {unit}"


@pytest.mark.parametrize("count", [0, 1, 399, 1000])
def test_the_texts_are_those_of_one_process(count: int) -> None:
    assert render(UNITS[:count], _texts) == dict(list(SERIAL.items())[:count])


@forking
def test_a_large_tree_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    processes = render(UNITS, lambda unit: [(unit, str(os.getpid()))])
    assert len(set(processes.values())) == 2
    assert processes["unit0"] == str(os.getpid())


@forking
@pytest.mark.parametrize("way", ["raises", "dies"])
def test_the_share_of_a_child_that_fails_is_rendered_here(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    parent = os.getpid()

    def one(unit: str) -> Iterator[tuple[str, str]]:
        if os.getpid() != parent and unit == UNITS[-1]:
            if way == "raises":
                raise ValueError
            os.kill(os.getpid(), 9)
        return _texts(unit)

    assert render(UNITS, one) == SERIAL


@forking
def test_an_error_of_the_renderer_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def one(unit: str) -> Iterator[tuple[str, str]]:
        if unit == UNITS[501]:
            raise ValueError("unit 501")
        return _texts(unit)

    with pytest.raises(ValueError, match="unit 501"):
        render(UNITS, one)
