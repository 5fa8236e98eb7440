"""`avow diff` as people call it: versions, eras, renamed contracts, other states, and what cannot be compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.project import REPOSITORY, Outcome, avow, avow_here, make_project
from tests.support.repository import commit, git, repository

from avow_command import SOURCE

STREET = {"name": "street", "type": "string"}
CITY = {"name": "city", "type": "string", "default": ""}
CODE = {"name": "code", "type": "int"}
HELP = "\n  `avow diff --help` shows what there is."


def moved(*fields: Any, name: str = "Moved", level: str = "BACKWARD", **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", "compatibility": level}
    return {"type": "record", "name": f"a.{name}", **more, "contract": meta, "fields": list(fields)}


def edit(root: Path, schema: dict[str, Any], name: str = "Moved") -> Path:
    return make_project(root, {f"a/{name}.avsc": schema})


def history(root: Path, *states: dict[str, Any]) -> Path:
    """Release one state after the other."""
    for state in states:
        edit(root, state)
        release(root)
    return root


def release(root: Path, *arguments: str) -> None:
    done = avow_here(root, "release", *arguments)
    assert done.code == 0, done


def diff(root: Path, *arguments: str) -> str:
    """Return what is shown; all is well."""
    done = avow_here(root, "diff", *arguments)
    assert (done.code, done.err) == (0, ""), done
    return done.out


def refused(root: Path, *arguments: str) -> str:
    """Return what is said of a question that cannot be answered."""
    done = avow_here(root, "diff", *arguments)
    assert (done.code, done.out) == (2, ""), done
    return done.err


# versions


def test_from_the_latest_version_to_the_working_tree(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    edit(root, moved(STREET, CITY, {"name": "note", "type": ["null", "string"], "default": None}))
    expected = """\
a.Moved: version 2 -> the working tree
  each reads what the other writes
  + note  string? = null
"""
    assert avow(root, "diff") == avow(root, "diff", "Moved") == Outcome(0, expected, "")
    assert diff(root, "a.Moved", "2") == expected


def test_from_version_to_version(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY), moved(CITY))
    assert diff(root, "Moved", "1", "3") == (
        "a.Moved: version 1 -> version 3\n"
        "  version 3 reads what version 1 wrote\n"
        '  version 1 does not read what version 3 writes: version 1\'s field "street" has no default and\n'
        "    version 3 does not write it\n"
        "  - street  string\n"
        '  + city    string = ""\n'
    )
    assert "\n  - city    string" in diff(root, "Moved", "3", "1")
    assert diff(root, "Moved", "2", "2") == ""


def test_nothing_has_changed(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET, doc="Somebody moved."))
    assert avow(root, "diff") == Outcome(0, "", "")
    text = (root / "schemas/a/Moved.avsc").read_text()
    (root / "schemas/a/Moved.avsc").write_text(text.replace("  ", "\t"))
    edit(root, moved({**STREET, "except": {"MISSING_DOC": "It is plain."}}, doc="Somebody moved."))
    assert diff(root) == diff(root, "Moved", "1") == ""


def test_what_is_released_reads_back_as_what_it_was(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "schemas", tmp_path / "schemas", ignore=shutil.ignore_patterns("released"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    release(tmp_path)
    assert diff(tmp_path) == ""


def test_words_and_metadata_are_changes_too(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, doc="Somebody moved.", level="FULL"))
    assert diff(root) == (
        "a.Moved: version 1 -> the working tree\n"
        "  each reads what the other writes\n"
        '  ~ Moved  doc                     none -> "Somebody moved."\n'
        '           contract.compatibility  "BACKWARD" -> "FULL"\n'
    )


def test_a_change_in_a_shared_type_is_shown_under_each_contract(tmp_path: Path) -> None:
    address = {"type": "record", "name": "a.Address", "fields": [STREET]}
    to = {"name": "to", "type": "a.Address"}
    make_project(
        tmp_path,
        {"a/Address.avsc": address, "a/Moved.avsc": moved(to), "a/Left.avsc": moved(to, name="Left")},
    )
    release(tmp_path)
    make_project(tmp_path, {"a/Address.avsc": {**address, "fields": [STREET, CITY]}})
    shown = diff(tmp_path)
    assert [line for line in shown.splitlines() if line[:1] not in ("", " ")] == [
        "a.Left: version 1 -> the working tree",
        "a.Moved: version 1 -> the working tree",
    ]
    assert shown.count('  + to.city  string = ""\n') == 2


def test_eras(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, CODE))
    release(root, "--new-era", "Era2")
    assert diff(root, "Moved", "1", "2").startswith("a.Moved: version 1 (Era1) -> version 2\n")
    assert diff(root, "Moved", "1").startswith("a.Moved: version 1 (Era1) -> the working tree\n")
    assert diff(root) == ""


def renamed(root: Path) -> Path:
    """A contract with a version under its old name, and one under its new one, which differs."""
    history(root, moved(STREET))
    (root / "schemas/a/Moved.avsc").unlink()
    edit(root, moved(STREET, CITY, name="Gone", aliases=["Moved"]), "Gone")
    return root


def test_a_renamed_contract(tmp_path: Path) -> None:
    root = renamed(tmp_path)
    expected = """\
a.Gone: version 1 -> the working tree
  the working tree reads what version 1 wrote
  version 1 does not read what the working tree writes: the working tree's record is a.Gone, version
    1's a.Moved has no such name or alias
  ~ Gone  type  Moved -> Gone
  + city  string = ""
"""
    assert diff(root) == diff(root, "Moved") == diff(root, "Gone", "1") == expected
    release(root)
    assert diff(root) == ""
    assert diff(root, "Gone", "1", "2") == diff(root, "a.Moved", "1", "2")
    assert diff(root, "Moved", "1", "2").startswith("a.Gone: version 1 -> version 2\n")


def test_contracts_that_came_and_went(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    (root / "schemas/a/Moved.avsc").unlink()
    edit(root, moved(name="New"), "New")
    assert diff(root) == "a.Moved: version 2 -> not in the working tree\n\na.New: not released -> the working tree\n"
    assert diff(root, "Moved") == "a.Moved: version 2 -> not in the working tree\n"
    assert diff(root, "Moved", "1", "2").endswith('  + city  string = ""\n')
    assert avow_here(root, "retire", "a.Moved").code == 0
    assert diff(root) == "a.New: not released -> the working tree\n"


def test_who_reads_whom(tmp_path: Path) -> None:
    root = history(tmp_path, moved(CODE, level="NONE"))
    edit(root, moved({"name": "code", "type": "double"}, {"name": "x", "type": "long"}, level="NONE"))
    assert diff(root).splitlines()[1:5] == [
        '  the working tree does not read what version 1 wrote: the working tree\'s field "x" has no default',
        "    and version 1 does not write it",
        "  version 1 does not read what the working tree writes: the working tree wrote double, version 1",
        "    expects int, at `code`",
    ]
    edit(root, moved({"name": "code", "type": "float"}, level="NONE"))
    assert diff(root).splitlines()[1:3] == [
        "  the working tree reads what version 1 wrote, with a doubt: version 1 writes int, the working",
        "    tree's float cannot hold every int exactly, at `code`",
    ]
    settings = '[tool.avow.check.severity]\nPROMOTION_LOSSY = "error"'
    make_project(root, {}, settings)
    assert (
        diff(root).splitlines()[1].startswith("  the working tree does not read what version 1 wrote: version 1 writes")
    )


def test_json(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    edit(root, moved(STREET, {"name": "to", "type": ["null", "string"], "default": None}))
    edit(root, moved(name="New"), "New")
    head = {"from": "version 1", "to": "the working tree", "reads_old": True, "read_by_old": True}
    place = {"path": "to", "owner": "a.Moved", "field": "to"}
    assert [json.loads(line) for line in diff(root, "--format", "json").splitlines()] == [
        {
            "contract": "a.Moved",
            **head,
            "kind": "added",
            "what": "field",
            **place,
            "after": {"type": "string?", "default": None},
        },
        {
            "contract": "a.New",
            "from": "not released",
            "to": "the working tree",
            "kind": "added",
            "what": "whole contract",
            "path": "",
        },
    ]


# other states


def test_against_a_ref(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": moved(STREET), "a/Left.avsc": moved(name="Left")})
    mark = git(root, "rev-parse", "HEAD")[:12]
    git(root, "checkout", "-q", "-b", "work")
    edit(root, moved(STREET, CITY))
    (root / "schemas/a/Left.avsc").unlink()
    edit(root, moved(name="New"), "New")
    note = f"against main: commit {mark}, its tip\n"
    changed = 'a.Moved: main -> the working tree\n  each reads what the other writes\n  + city  string = ""\n'
    gone, new = "a.Left: main -> not in the working tree\n", "a.New: not in main -> the working tree\n"
    assert avow(root, "diff", "--against", "main") == Outcome(0, f"{gone}\n{changed}\n{new}", note)
    commit(root)
    assert avow_here(root, "diff", "--against", "main", "Moved") == Outcome(0, changed, note)
    assert avow_here(root, "diff", "--against", "main", "a.Left") == Outcome(0, gone, note)
    assert avow_here(root, "diff", "--against", "HEAD", "Moved").out == ""
    assert avow_here(root, "diff", "--against", "HEAD").out == ""


def test_against_an_older_name(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    (root / "schemas/a/Moved.avsc").unlink()
    edit(root, moved(STREET, CITY, name="Gone", aliases=["Moved"]), "Gone")
    shown = avow_here(root, "diff", "--against", "main").out
    assert shown.startswith("a.Gone: main -> the working tree\n")
    assert avow_here(root, "diff", "--against", "main", "Moved").out == shown
    assert avow_here(root, "diff", "--against", "main", "Gone").out == shown


def test_against_a_folder_and_an_archive(tmp_path: Path) -> None:
    edit(tmp_path / "old", moved(STREET))
    root = edit(tmp_path / "new", moved(STREET, CITY))
    shown = diff(root, "--against", "../old")
    assert shown.startswith("a.Moved: ../old -> the working tree\n")
    shutil.make_archive(str(tmp_path / "old"), "zip", tmp_path / "old")
    assert diff(root, "--against", "../old.zip").replace("old.zip", "old") == shown


def test_a_file_that_has_only_moved(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    (root / "schemas/a/Moved.avsc").rename(root / "schemas/Other.avsc")
    assert avow_here(root, "diff", "--against", "main").out == ""


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
        timeout=60,
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
