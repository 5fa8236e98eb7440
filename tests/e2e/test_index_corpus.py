"""Services whose use of contracts is known, in a hundred styles, from the generator beside the checkout."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.project import REPOSITORY, avow

CORPUS = REPOSITORY.parent / "shared/usage-corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no ../shared/usage-corpus beside the checkout")

FIGURES = re.compile(
    r"field refs: precision (?P<precision>[\d.]+) recall (?P<recall>[\d.]+) "
    r"[\s\S]*MAYBE [^\n]*: (?P<maybes>\d+) unit-fields, true (?P<true>\d+)"
    r"[\s\S]*used (?P<used>\d+)/\d+; UNSOUND \(used, said SAFE\) (?P<unsound>\d+); FALSE BREAKS (?P<false>\d+); "
    r"said UNKNOWN (?P<unknown>\d+) \(truth-unknown \d+, over-approx (?P<needless>\d+)\)"
)


@pytest.mark.parametrize("options", [("--services", "16"), ("--services", "24", "--per-service", "4", "--seed", "11")])
def test_what_is_used_is_found_and_nothing_else(tmp_path: Path, options: tuple[str, ...]) -> None:
    run(CORPUS / "gen.py", tmp_path / "corpus", *options)
    assert avow(tmp_path / "corpus", "generate") == (0, "", "")
    found = avow(tmp_path / "corpus", "who", "--format", "json")
    assert (found.code, found.err) == (0, "")
    (tmp_path / "facts.jsonl").write_text(found.out, encoding="utf-8")
    figures = score(tmp_path)
    assert figures["precision"] == 1
    assert figures["recall"] >= 0.98
    assert figures["unsound"] == figures["false"] == 0
    assert figures["true"] * 3 >= figures["maybes"]
    assert figures["needless"] * 10 <= figures["used"] + figures["unknown"]
    assert figures["used"] > 200


def score(folder: Path) -> dict[str, float]:
    """Return the figures that the corpus' own scorer prints."""
    said = run(CORPUS / "score.py", folder / "corpus", folder / "facts.jsonl")
    figures = FIGURES.search(said)
    assert figures is not None, said
    return {name: float(value) for name, value in figures.groupdict().items()}


def run(script: Path, *arguments: str | Path) -> str:
    done = subprocess.run([sys.executable, str(script), *map(str, arguments)], capture_output=True, check=True)
    return done.stdout.decode()
