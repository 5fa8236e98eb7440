"""A kill at any moment leaves the old package, the new one, or one that refuses to be imported and says so."""

from __future__ import annotations

import compileall
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.support import kill
from tests.support.kill import ABSENT, NEW, OLD, REFUSED
from tests.support.project import make_project
from tests.support.trees import folders, tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is a forked child")

KEPT = [f"ins.{space}.T{n}" for n in range(11) for space in "ab"]
OLD_ONLY = ["ins.a.Gone", "ins.gone.deep.Gone"]
NEW_ONLY = ["ins.b.Added", "ins.added.deep.Added"]


def _files(names: list[str], field: str) -> dict[str, object]:
    """Records of one size before and after, each of which refers to the next."""
    found: dict[str, object] = {}
    for name, other in zip(names, [*names[1:], ""], strict=True):
        fields = [{"name": field, "type": "int"}]
        fields += [{"name": "next", "type": ["null", other]}] if other else []
        found[f"{name}.avsc"] = {"type": "record", "name": name, "fields": fields}
    return found


class Case(NamedTuple):
    """Two states of a project: the package's names, and the names of types."""

    package: str
    new_package: str
    old: list[str]
    new: list[str]
    stride: int = 1


CASES = {
    "edit": Case("contracts", "contracts", [*KEPT, *OLD_ONLY], [*KEPT, *NEW_ONLY], stride=7),
    "remove": Case("contracts", "contracts", [*KEPT[:4], *OLD_ONLY], KEPT[:4]),
    "first": Case("", "contracts", [], KEPT[:3], stride=4),
    "rename": Case("contracts", "events", [*KEPT[:4], *OLD_ONLY], KEPT[:6], stride=5),
}


class Prepared:
    """A project in its old state whose schemas are already the new ones, and what is to come of it."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.case = case
        self.template = folder / "template"
        self.root = folder / "project"
        if case.package:
            make_project(self.template, _files(case.old, "f_old"), _settings(case.package))
            assert kill.generate(self.template) == 0
            assert kill.generate(self.template) == 0
            compileall.compile_dir(self.template / "generated", quiet=2)
            shutil.rmtree(self.template / "schemas")
        make_project(self.template, _files(case.new, "f_new"), _settings(case.new_package))
        self.before = tree(self.template)
        cold = make_project(folder / "cold", _files(case.new, "f_new"), _settings(case.new_package))
        assert kill.generate(cold) == 0
        self.expected = tree(cold / "generated")
        self.folders = folders(cold / "generated")

    def restore(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.template, self.root, copy_function=os.link)

    def states(self) -> tuple[int, int]:
        """Return what imports under the old name and under the new one."""
        old, new = set(self.case.old), set(self.case.new)
        names = {self.case.package or self.case.new_package: 0, self.case.new_package: 0}
        found = [kill.state(self.root / "generated", name, old, new) for name in names]
        return found[0], found[-1]

    def check_mended(self) -> None:
        assert kill.generate(self.root) == 0
        assert tree(self.root / "generated") == self.expected
        assert folders(self.root / "generated") == self.folders
        assert sorted(path.name for path in (self.root / ".avow").iterdir()) == [
            ".gitignore",
            "answers.msgpack",
            "generate.json",
            "generate.lock",
            "index.lock",
            "index.msgpack",
        ]
        assert self.states()[1] == NEW


def _settings(package: str) -> str:
    return f'package = "{package}"\nnamespace = "ins"'


def _kills(project: Prepared) -> Iterator[int]:
    """Yield each moment, with the project as the kill left it; end when a run gets through.

    Of a long run with its many moments alike, those at both ends and some between are tried.
    """
    project.restore()
    last = kill.moments(project.root)
    for moment in range(last + 1):
        if moment < 10 or moment > last - 10 or moment % project.case.stride == 0:
            project.restore()
            assert kill.generate(project.root, moment) == (0 if moment == last else -signal.SIGKILL), moment
            yield moment


@pytest.mark.parametrize("name", CASES)
def test_no_kill_leaves_a_mixture_that_imports(tmp_path: Path, name: str) -> None:
    project = Prepared(tmp_path, CASES[name])
    allowed = {
        "edit": [(OLD, OLD), (REFUSED, REFUSED), (NEW, NEW)],
        "remove": [(OLD, OLD), (REFUSED, REFUSED), (NEW, NEW)],
        "first": [(ABSENT, ABSENT), (REFUSED, REFUSED), (NEW, NEW)],
        "rename": [(OLD, ABSENT), (REFUSED, ABSENT), (REFUSED, REFUSED), (ABSENT, REFUSED), (ABSENT, NEW)],
    }[name]
    seen = []
    for moment in _kills(project):
        found = project.states()
        assert found in allowed, f"moment {moment}"
        if found not in seen:
            seen.append(found)
        if moment % 3 == 0:
            project.check_mended()
    assert seen == allowed
    assert moment > 60
    assert tree(project.template) == project.before
