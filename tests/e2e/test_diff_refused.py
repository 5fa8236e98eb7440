"""What `avow diff` cannot compare, and what it writes on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.history import CITY, STREET, diff, edit, history, moved, release
from tests.support.project import Outcome, avow, avow_here, make_project
from tests.support.repository import commit, git, repository

from avow_command import SOURCE

HELP = "\n  `avow diff --help` shows what there is."


def refused(root: Path, *arguments: str) -> str:
    """Return what is said of a question that cannot be answered."""
    done = avow_here(root, "diff", *arguments)
    assert (done.code, done.out) == (2, ""), done
    return done.err


# what cannot be compared


def test_nothing_is_released(tmp_path: Path) -> None:
    root = edit(tmp_path, moved(STREET))
    fix = "or name a state of the project: `--against origin/main`."
    assert avow(root, "diff") == Outcome(
        2,
        "",
        "avow: nothing is released, so there is nothing to compare with\n"
        f"  Freeze what there is with `avow release`, {fix}\n",
    )
    release(root)
    edit(root, moved(name="New"), "New")
    assert refused(root, "New") == (
        "avow: a.New was never released, so there is nothing to compare it with\n"
        f"  Freeze it with `avow release`, {fix}\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Movd"], "there is no contract Movd\n  Did you mean a.Moved?"),
        (["Moved", "3"], "there is no version 3 of a.Moved\n  It has versions 1 to 2."),
        (["Moved", "1", "9"], "there is no version 9 of a.Moved\n  It has versions 1 to 2."),
        (
            ["Moved", "0"],
            f"Invalid value for '[FROM]': 0 is not in the range x>=1.{HELP}",
        ),
        (
            ["Moved", "x"],
            f"Invalid value for '[FROM]': 'x' is not a valid integer range.{HELP}",
        ),
        (
            ["--against", "main", "Moved", "1"],
            f"--against takes the place of FROM and TO{HELP}",
        ),
        (
            ["--against", "mian"],
            "there is no git ref, folder or archive mian\n  `git branch --all` and `git tag` list what there is.",
        ),
        (["--against", "main", "Movd"], "there is no contract Movd\n  Did you mean a.Moved?"),
    ],
)
def test_questions_that_cannot_be_answered(tmp_path: Path, arguments: list[str], message: str) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    git(root, "init", "-q", "-b", "main")
    commit(root)
    said = [line for line in refused(root, *arguments).splitlines() if not line.startswith("against ")]
    assert "\n".join(said) == f"avow: {message}"


def test_a_schema_that_cannot_be_read(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, name="Other"), "Other")
    (root / "schemas/a/Moved.avsc").write_text('{"type": "record", "name": "a.Moved",')
    done = avow_here(root, "diff")
    assert (done.code, done.out) == (1, "a.Other: not released -> the working tree\n")
    assert done.err.startswith("schemas/a/Moved.avsc:1:38: MALFORMED_JSON ")
    assert done.err.endswith("\n1 error in 1 file\n")
    named = avow_here(root, "diff", "Moved")
    assert (named.code, named.out, named.err) == (1, "", done.err)
    assert diff(root, "Moved", "1", "1") == ""
    edit(root, moved({"name": "street", "type": "strin"}))
    assert ": UNKNOWN_TYPE " in avow_here(root, "diff").err
    (root / "schemas/a/New.avsc").write_text('{"type": "record", "name": "a.New"')
    assert ": MALFORMED_JSON " in avow_here(root, "diff", "New").err


def test_a_baseline_that_cannot_be_read(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": '{"name": "a.Moved"', "a/Fine.avsc": moved(name="Fine")})
    edit(root, moved(STREET))
    edit(root, moved(STREET, name="Fine"), "Fine")
    shown = avow_here(root, "diff", "--against", "main").out
    assert shown.startswith("a.Fine: main -> the working tree\n")
    assert shown.endswith("\na.Moved: invalid in main -> the working tree\n")


def test_a_frozen_file_that_is_not_what_was_released(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    edit(root, moved(STREET))
    first = root / "schemas/released/a.Moved/1.avsc"
    first.write_text(first.read_text().replace("street", "strase"))
    done = avow_here(root, "diff", "Moved", "1")
    assert (done.code, done.out) == (1, "")
    assert "schemas/released/a.Moved/1.avsc:1:1: RELEASE_TAMPERED version 1 of a.Moved is not what was" in done.err
    assert diff(root, "Moved", "2").startswith("a.Moved: version 2 -> ")
    assert diff(root).startswith("a.Moved: version 2 -> ")
    (root / "schemas/released/a.Moved/versions.json").write_text("{")
    for arguments in ([], ["Moved"], ["Moved", "1", "2"]):
        done = avow_here(root, "diff", *arguments)
        assert (done.code, done.out) == (1, "")
        assert ": RELEASE_TAMPERED the list of the released versions of a.Moved cannot be read: " in done.err


# terminals


def on_a_terminal(root: Path, **environment: str) -> bytes:
    """Return what the command writes to a terminal."""
    ours, theirs = os.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    done = subprocess.run(
        [sys.executable, "-m", "avow", "-C", str(root), "diff"],
        env={**clean, "PYTHONPATH": str(SOURCE), "TERM": "xterm", **environment},
        stdout=theirs,
        timeout=300,
        check=False,
    )
    os.close(theirs)
    written = os.read(ours, 65536)
    os.close(ours)
    assert done.returncode == 0
    return written


def test_colours_are_for_terminals(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, CITY))
    assert b'\x1b[32m  + city  string = ""\x1b[0m\r\n' in on_a_terminal(root)
    assert b"\x1b" not in on_a_terminal(root, NO_COLOR="1")
    assert "\x1b" not in avow(root, "diff").out


def test_text_in_schemas_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, doc="\x1b[2J\u009b31m\u202e", **{"\x9b\n": 1}))
    assert not set(diff(root)) & set("\x1b\x9b\u202e")


def test_a_long_chain_of_types_and_deep_nesting(tmp_path: Path) -> None:
    def files(last: str) -> dict[str, Any]:
        chain = [
            {"type": "record", "name": f"a.R{n}", "fields": [{"name": "f", "type": f"a.R{n + 1}" if n < 150 else last}]}
            for n in range(151)
        ]
        deep: Any = last
        for _ in range(190):
            deep = {"type": "array", "items": deep}
        return {
            "a/Chain.avsc": chain,
            "a/Moved.avsc": moved({"name": "f", "type": "a.R0"}, {"name": "g", "type": deep}),
        }

    root = repository(tmp_path, files("int"))
    make_project(root, files("long"))
    shown = avow(root, "diff", "--against", "main")
    assert shown.code == 0, shown.err
    assert "  type  int -> long\n" in shown.out
