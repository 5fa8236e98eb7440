"""What the index finds in small pieces of code; all of them are services of one project."""

from __future__ import annotations

import re

import pytest
from tests.support.usage import Case, index_of, said, write_project
from tests.unit import index_calls, index_containers, index_guesses, index_indirect, index_reads

_FILES = (index_reads, index_calls, index_containers, index_indirect, index_guesses)
CASES = [case for file in _FILES for case in file.CASES]


def _file(case: Case) -> str:
    return f"consumers/{re.sub('[^a-z]+', '_', case.name.lower())}/app.py"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    root = tmp_path_factory.mktemp("facts")
    index = index_of(write_project(root, {_file(case): case.code for case in CASES}))
    found: dict[str, list] = {}
    for fact in index.facts:
        found.setdefault(fact.file, []).append(fact)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_facts(case: Case, facts: dict[str, list]) -> None:
    expected = case.facts.strip().splitlines()
    assert said(facts.get(_file(case), []), reasons=case.reasons) == expected
