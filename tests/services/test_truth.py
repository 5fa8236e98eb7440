"""What the index says of the sample services is what a person reads in them, whatever libraries are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.requirements import Requirement
from tests.support.project import CODEGEN, REPOSITORY, avow

TRUTH = Path(__file__).with_name("truth.txt")
ROW = re.compile(r"(\S+)  (\w+)  (\S+) (\S+)(?:  ([<?]) (.+))?").fullmatch
READ = ("schemas", "generated", "producers", "consumers")
RUN = "import sys; sys.path[:] = [*sys.argv.pop(1).split(':'), *sys.path]; from avow.cli import main; main()"


class Row(NamedTuple):
    """A fact, without its line."""

    file: str
    function: str
    kind: str
    type: str
    field: str
    via: str = ""


def truth(marked: str) -> set[Row]:
    """Return what stands in the list under a mark, or under none."""
    found, file = set(), ""
    for line in TRUTH.read_text(encoding="utf-8").partition("\n== ")[2].splitlines():
        row = ROW(line)
        if row is None:
            file = line.removeprefix("== ") or file
        elif (row[5] or "<") == marked:
            found.add(Row(file, *row.group(1, 2, 3, 4), (row[6] or "") if marked == "<" else ""))
    return found


def derived(facts: list[dict[str, Any]], *kinds: str) -> set[Row]:
    """Return facts of some kinds as rows."""

    def short(name: str) -> str:
        return name.replace("insurance.", "")

    return {
        Row(each["file"], each["function"], each["kind"], short(each["type"]), each["field"], via(each, short))
        for each in facts
        if each["kind"] in kinds
    }


def via(fact: dict[str, Any], short: Any) -> str:
    return "" if fact["kind"] == "escape" else short(fact["via"])


def parsed(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the services and their contracts, of which nothing is cached."""
    for name in READ:
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def facts() -> list[dict[str, Any]]:
    return parsed(avow(REPOSITORY, "who", "--format", "json").out)


def test_what_is_known_is_what_is_true(facts: list[dict[str, Any]]) -> None:
    known = derived(facts, "handle", "read", "construct", "write", "send", "escape")
    assert sorted(known - truth("<")) == []
    assert sorted(truth("<") - known) == []


def test_what_can_only_be_guessed_is_guessed(facts: list[dict[str, Any]]) -> None:
    guessed = {row._replace(kind="read") for row in derived(facts, "maybe")}
    assert truth("?")
    assert sorted(truth("?") - guessed) == []


def test_nothing_is_guessed_where_nothing_is(facts: list[dict[str, Any]]) -> None:
    guessed = {(row.file, row.function, row.field) for row in derived(facts, "maybe")}
    assert sorted(guessed - {(row.file, row.function, row.field) for row in truth("?")}) == []


def test_every_line_of_the_list_is_read() -> None:
    lines = TRUTH.read_text(encoding="utf-8").partition("\n== ")[2].splitlines()
    rows = [line for line in lines[1:] if line and not line.startswith("== ")]
    assert [line for line in rows if not ROW(line)] == []
    assert sum(len(truth(mark)) for mark in "<?") == len(rows)


def test_facts_do_not_depend_on_the_libraries_of_the_services(
    project: Path, tmp_path_factory: pytest.TempPathFactory, facts: list[dict[str, Any]]
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    link_dependencies(alone)
    path = f"{CODEGEN}:{alone}"
    hidden = ran("-c", f"import sys; sys.path[:0] = {path.split(':')!r}; import faststream", cwd=project)
    assert "No module named 'faststream'" in hidden.stderr
    done = ran("-c", RUN, path, "who", "--format", "json", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert parsed(done.stdout) == facts


def ran(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python without what is installed beside it."""
    command = [sys.executable, "-I", "-S", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def link_dependencies(folder: Path) -> None:
    """Make a folder that holds what avow depends on and nothing else."""
    for found in dependencies("avow", set()):
        for top in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
            target = folder / top
            if not target.exists():
                target.symlink_to(Path(str(found.locate_file(top))))


def dependencies(name: str, seen: set[str]) -> Iterator[Distribution]:
    """Yield what a distribution needs, without its extras, and what that needs in turn."""
    for each in map(Requirement, distribution(name).requires or ()):
        if each.name in seen or (each.marker and not each.marker.evaluate({"extra": ""})):
            continue
        seen.add(each.name)
        try:
            yield distribution(each.name)
        except PackageNotFoundError:
            continue
        yield from dependencies(each.name, seen)
