"""A service needs nothing of the others: whichever come or go, it imports what it did."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from examples.story.processes import MODULES
from tests.support.project import REPOSITORY

SIDES = ("producers", "consumers")
LOADED = """
import importlib, sys
importlib.import_module(sys.argv[1])
ours = ("producers", "consumers", "contracts")
print("\\n".join(sorted(name for name in sys.modules if name.partition(".")[0] in ours)))
"""


def loaded(root: Path, name: str) -> subprocess.Popen[str]:
    """Import what a service starts with, as far as a tree has it."""
    path = os.pathsep.join([str(REPOSITORY / "generated"), str(root)])
    return subprocess.Popen(
        [sys.executable, "-c", LOADED, f"{MODULES[name]}.__main__"],
        env={**os.environ, "PYTHONPATH": path},
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    )


def alone(root: Path, name: str) -> Path:
    """Copy the two sides of one service, and of no other."""
    for side in SIDES:
        shutil.copytree(REPOSITORY / side, root / side, ignore=lambda folder, names: others(Path(folder), names, name))
    return root


def others(folder: Path, names: list[str], name: str) -> list[str]:
    is_side = folder.name in SIDES and folder.parent == REPOSITORY
    return [each for each in names if is_side and each not in (name, "__init__.py")]


@pytest.mark.parametrize("name", MODULES)
def test_a_service_imports_the_same_whether_others_are_there_or_not(tmp_path: Path, name: str) -> None:
    here, there = loaded(REPOSITORY, name), loaded(alone(tmp_path, name), name)
    together, by_itself = here.communicate()[0].split(), there.communicate()[0].split()
    assert (here.returncode, there.returncode) == (0, 0)
    assert together == by_itself
    assert f"{MODULES[name]}.service" in together
