"""What `avow lint` says of whole trees: each case is a folder of schemas beside the text that is expected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from avow import config
from avow.config import Project, Settings
from avow.lint import run
from avow.report.text import render, summary
from avow.rules import lint, schema

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if (path / "schemas").is_dir())
TODAY = date(2026, 1, 1)


def said(case: Path) -> str:
    findings = run(Project(case, config.read(case) or Settings()), today=TODAY)
    return render(findings) + (f"{summary(findings)}\n" if findings else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lint(case: Path, *, regenerate: bool) -> None:
    expected = case / "expected" / "lint.txt"
    if regenerate:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said(case), encoding="utf-8")
    assert said(case) == expected.read_text(encoding="utf-8")


def test_every_rule_has_a_case_of_its_name() -> None:
    silent = [
        rule
        for rule in (row.id for row in (*schema.ROWS, *lint.ROWS))
        if f": {rule} " not in (Path(__file__).parent / "cases" / rule.lower() / "expected/lint.txt").read_text()
    ]
    assert silent == []
