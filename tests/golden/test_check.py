"""What `avow check` says of changes: each case is a state before and after, beside the text that is expected."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest
from tests.support.project import avow_here

from avow import config
from avow.check import resolve, run
from avow.config import Project, Settings
from avow.finding import Finding
from avow.generate import run as generate
from avow.impact import usage
from avow.release import unreleased
from avow.report.text import render, summary
from avow.rules import compat

CASES = sorted(path for path in (Path(__file__).parent / "check").iterdir() if (path / "after").is_dir())
TODAY = date(2026, 1, 1)


def released(case: Path, root: Path) -> Path:
    """Release the states in `versions/` one after the other, and put what came after on top."""
    for state in sorted((case / "versions").iterdir()):
        shutil.copytree(state, root, dirs_exist_ok=True)
        arguments = (state / "arguments.txt").read_text().split() if (state / "arguments.txt").exists() else []
        done = avow_here(root, "release", *arguments)
        assert done.code == 0, done
    for path in [*(root / "schemas").rglob("*.avsc"), *(root / "schemas").rglob("*.upcast.py")]:
        if "released" not in path.parts:
            path.unlink()
    shutil.copytree(case / "after", root, dirs_exist_ok=True)
    return root


def said(case: Path, root: Path) -> str:
    after = released(case, root) if (case / "versions").is_dir() else case / "after"
    project = Project(after, config.read(after) or Settings())
    if case.name == "unreleased_change":
        return shown(unreleased(project))
    if (after / "consumers").is_dir():
        return said_with_services(case, after, root)
    before = [resolve(project, str(case / "before"))] if (case / "before").is_dir() else []
    findings = run(project, [msgspec.structs.replace(each, label="main") for each in before], today=TODAY)
    return shown(findings)


def said_with_services(case: Path, after: Path, root: Path) -> str:
    """What hits services says so; the classes that they are written for are those of before, and then of after."""
    shutil.copytree(after, root, dirs_exist_ok=True)
    project = config.find(root)
    assert generate.run(project).findings == []
    before = msgspec.structs.replace(resolve(project, str(case / "before")), label="main")
    return shown(run(project, [before], today=TODAY, ask=partial(usage, project)))


def shown(findings: list[Finding]) -> str:
    return render(findings) + (f"{summary(findings)}\n" if findings else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check(case: Path, tmp_path: Path, *, regenerate: bool) -> None:
    found = said(case, tmp_path)
    expected = case / "expected" / "check.txt"
    if regenerate:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_every_rule_has_a_case_of_its_name() -> None:
    cases = {case.name.upper(): case for case in CASES}
    rules = [row.id for row in compat.ROWS]
    silent = [
        rule
        for rule in rules
        if rule not in cases or f": {rule} " not in (cases[rule] / "expected/check.txt").read_text(encoding="utf-8")
    ]
    assert silent == []
