"""Runs at the same time on one project, and runs that are killed wherever the clock has it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.support.project import CODEGEN, avow, avow_here, make_project
from tests.support.trees import tree

from avow.index.files import output

ROUNDS = 10


def _files(width: int, count: int) -> dict[str, object]:
    fields = [{"name": f"f{n}", "type": "int"} for n in range(width)]
    return {f"{n}.avsc": {"type": "record", "name": f"ins.s{n % 3}.T{n}", "fields": fields} for n in range(count)}


def _start(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "avow", "-C", str(root), "generate"],
        env={**os.environ, "PYTHONPATH": str(CODEGEN)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _cold(folder: Path, files: dict[str, object]) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    assert avow_here(make_project(folder, files), "generate") == (0, "", "")
    return tree(folder / "generated")


def test_two_runs_at_once_leave_what_one_leaves(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for turn in range(ROUNDS):
        shutil.rmtree(root / "schemas", ignore_errors=True)
        files = _files(turn + 1, 12 + turn % 3)
        make_project(root, files)
        running = [_start(root), _start(root)]
        assert [(run.communicate(timeout=300)[0], run.returncode) for run in running] == [("", 0), ("", 0)]
        assert tree(root / "generated") == _cold(tmp_path / "cold", files)


def test_a_run_that_meets_an_edit_is_put_right_by_the_next(tmp_path: Path) -> None:
    """Two runs read different schemas: the second goes on from what the first left."""
    root = make_project(tmp_path / "project", _files(1, 12))
    for turn in range(ROUNDS):
        first = _start(root)
        time.sleep(0.02 * turn)
        files = _files(turn + 2, 12)
        make_project(root, files)
        second = _start(root)
        assert [(run.communicate(timeout=300)[0], run.returncode) for run in (first, second)][1] == ("", 0)
        assert tree(root / "generated") == _cold(tmp_path / "cold", files)


def test_a_run_waits_for_the_one_before(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl", reason="the system has no such locks")
    root = make_project(tmp_path, _files(1, 2))
    (root / ".avow").mkdir()
    with (root / ".avow" / "generate.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = _start(root)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(0.5)
        assert not (root / "generated").exists()
        assert avow(root, "generate", "--check").code == 1
    assert (waiting.communicate(timeout=300)[0], waiting.returncode) == ("", 0)
    assert avow(root, "generate", "--check") == (0, "", "")


def test_the_index_is_written_by_one_run_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl", reason="the system has no such locks")
    root = make_project(tmp_path, _files(1, 2))
    write, taken = output.apply, []

    def apply(*arguments: Any) -> None:
        with (root / ".avow/generate.lock").open() as free, pytest.raises(BlockingIOError):
            fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)
        taken.append(True)
        write(*arguments)

    monkeypatch.setattr(output, "apply", apply)
    assert avow_here(root, "generate") == (0, "", "")
    assert taken == [True]
    assert (root / "generated/INDEX.md").exists()


def test_a_run_goes_on_where_the_cache_cannot_be_written(tmp_path: Path) -> None:
    root = make_project(tmp_path, _files(1, 2))
    (root / ".avow").write_text("a file, no folder")
    assert avow(root, "generate") == (0, "", "")
    assert avow(root, "generate", "--check") == (0, "", "")
    assert (root / ".avow").read_text() == "a file, no folder"


def test_a_kill_by_the_clock_is_mended(tmp_path: Path) -> None:
    rng = Random(5)
    root = make_project(tmp_path / "project", _files(1, 12))
    for turn in range(ROUNDS):
        files = _files(turn + 2, 12 + turn % 3)
        shutil.rmtree(root / "schemas")
        make_project(root, files)
        run = _start(root)
        time.sleep(rng.uniform(0.02, 0.4))
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=300)
        if turn % 2:
            assert avow(root, "generate") == (0, "", "")
            assert tree(root / "generated") == _cold(tmp_path / "cold", files)
