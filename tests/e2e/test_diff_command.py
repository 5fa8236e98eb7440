"""`avow diff` as people call it: versions, eras, renamed contracts, and other states of the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.support.history import CITY, CODE, STREET, diff, edit, history, moved, release
from tests.support.project import REPOSITORY, Outcome, avow, avow_here, make_project
from tests.support.repository import commit, git, repository

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
