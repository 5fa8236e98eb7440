"""What is found wrong with what services do: each case is a service or two, beside the text that is expected."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from avow import config
from avow.generate import run as generate
from avow.index.checks import findings
from avow.index.update import update
from avow.load.tree import load
from avow.report.text import render, summary
from avow.rules import index

HERE = Path(__file__).parent / "index"
CASES = sorted((HERE / "cases").iterdir())


@cache
def generated() -> Path:
    root = Path(mkdtemp(prefix="avow-golden-"))
    shutil.copytree(HERE / "schemas", root / "schemas")
    shutil.copy(HERE / "pyproject.toml", root)
    generate.run(config.find(root))
    return root


def said(case: Path, root: Path) -> str:
    shutil.copytree(generated(), root, dirs_exist_ok=True)
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected"))
    project = config.find(root)
    found = findings(project, update(project).index, load(project))
    return render(found) + (f"{summary(found)}\n" if found else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_findings(case: Path, tmp_path: Path, *, regenerate: bool) -> None:
    found = said(case, tmp_path)
    expected = case / "expected" / "findings.txt"
    if regenerate:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_every_rule_has_a_case_of_its_name() -> None:
    texts = {case.name.upper(): (case / "expected/findings.txt").read_text(encoding="utf-8") for case in CASES}
    assert texts.keys() == {row.id for row in index.ROWS}
    assert [rule for rule, text in texts.items() if f": {rule} " not in text] == []


def test_a_rule_that_is_disabled_is_left_out(tmp_path: Path) -> None:
    shutil.copytree(generated(), tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE / "cases/unreadable_code", tmp_path, dirs_exist_ok=True)
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write('[tool.avow.lint]\ndisable = ["UNREADABLE_CODE"]\n')
    project = config.find(tmp_path)
    assert findings(project, update(project).index, load(project)) == []
