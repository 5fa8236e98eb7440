"""What `avow diff` shows: each case is a state before and after, beside the text and the JSON that are expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.project import avow_here

CASES = sorted((Path(__file__).parent / "diff").iterdir())


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_diff(case: Path, form: str, *, regenerate: bool) -> None:
    done = avow_here(case / "after", "diff", "--against", "../before", "--format", form)
    assert (done.code, done.err) == (0, "")
    expected = case / "expected" / f"diff.{'txt' if form == 'text' else form}"
    if regenerate:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(done.out, encoding="utf-8")
    assert done.out == expected.read_text(encoding="utf-8")
