"""Four real schema repositories, all of their history: each version generates and round-trips, or is refused.

Every newest tree is a project, and so is every version ever with the files that it refers to as newest at its
date. What is refused is listed in corpora_refused.py with the rule that says why.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.support import corpora
from tests.support.corpora_refused import REFUSED
from tests.support.generated import Generated, generate
from tests.support.project import forget_package, make_project

pytestmark = pytest.mark.skipif(corpora.folder() is None, reason="no corpora beside the checkout")

VALUES = 3


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """Generate and check every version; yield all packages in one folder, and the rule of each that is refused."""
    folder, together = tmp_path_factory.mktemp("corpora"), tmp_path_factory.mktemp("merged")
    refused: dict[str, str] = {}
    for number, project in enumerate(corpora.projects()):
        name = f"c{number}"
        root = make_project(folder / name, project.files, f'package = "{name}"')
        result = generate(root)
        if result.findings:
            refused[project.name] = min(finding.rule for finding in result.findings)
            continue
        generated = Generated(root, name)
        rng = Random(project.name)
        for type_ in generated.roots():
            generated.check(type_, rng, VALUES)
        forget_package(name)  # nine hundred would take gigabytes
        _share_runtime(root / "generated" / name, together)
    yield together, refused


def _share_runtime(package: Path, together: Path) -> None:
    """Put a package beside the others, over one copy of the runtime: nine hundred would take long to type-check."""
    if not (together / "runtime").exists():
        (package / "_runtime").rename(together / "runtime")
    for module in package.rglob("*.py"):
        if "_runtime" not in module.parts:
            target = together / package.name / module.relative_to(package)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(module.read_text().replace(f"{package.name}._runtime", "runtime"))


def test_nothing_else_is_refused(merged: tuple[Path, dict[str, str]]) -> None:
    assert merged[1] == {name: rule for rule, names in REFUSED.items() for name in names}


def test_all_packages_pass_mypy_strict(merged: tuple[Path, dict[str, str]]) -> None:
    folder = merged[0]
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder.parent / "cache"), "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
