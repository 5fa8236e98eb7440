"""`avow release --onto`: two branches have released a version of one number, in a real repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.project import avow_here, make_project
from tests.support.repository import commit, git, repository

ID = {"name": "id", "type": "string"}


def optional(name: str) -> dict[str, Any]:
    return {"name": name, "type": ["null", "string"], "default": None}


def moved(*fields: Any, **meta: Any) -> dict[str, Any]:
    return {"type": "record", "name": "a.Moved", "contract": {"kind": "event", **meta}, "fields": [ID, *fields]}


def release(root: Path, *fields: Any, era: str = "", **meta: Any) -> None:
    make_project(root, {"a/Moved.avsc": moved(*fields, **meta)})
    done = avow_here(root, "release", *(("--new-era", era) if era else ()))
    assert done.code == 0, done
    commit(root)


def rows(root: Path) -> list[tuple[int, str, bool]]:
    content = json.loads((root / "schemas/released/a.Moved/versions.json").read_text())
    return [(row["number"], row["era"], "retired" in row) for row in content["versions"]]


def fields(root: Path, number: int) -> list[str]:
    text = (root / f"schemas/released/a.Moved/{number}.avsc").read_text()
    return [field["name"] for field in json.loads(text)["fields"]]


def two_branches(root: Path, ours: list[Any], theirs: list[Any]) -> Path:
    """One version on both, then one more on each; `work` is checked out."""
    repository(root, {"a/Moved.avsc": moved()})
    release(root)
    git(root, "checkout", "-q", "-b", "work")
    release(root, *ours)
    git(root, "checkout", "-q", "main")
    release(root, *theirs)
    git(root, "checkout", "-q", "work")
    return root


def test_before_a_merge(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("ours")], [optional("theirs")])
    done = avow_here(root, "release", "--onto", "main")
    assert (done.code, done.out, done.err) == (
        0,
        "schemas/released/a.Moved/3.avsc: version 3 of a.Moved, version 2 until now\n",
        "",
    )
    assert [row[0] for row in rows(root)] == [1, 2, 3]
    assert (fields(root, 2), fields(root, 3)) == (["id", "theirs"], ["id", "ours"])
    assert avow_here(root, "check").code == 0
    assert avow_here(root, "release", "--onto", "main").out == ""


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_in_the_midst_of_one(tmp_path: Path, how: str) -> None:
    root = two_branches(tmp_path, [optional("ours")], [optional("theirs")])
    git(root, how, "main", check=False)
    assert "<<<<<<<" in (root / "schemas/released/a.Moved/versions.json").read_text()
    make_project(root, {"a/Moved.avsc": moved(optional("ours"), optional("theirs"))})
    done = avow_here(root, "release", "--onto", "main")
    assert done.code == 0, done
    assert (fields(root, 2), fields(root, 3)) == (["id", "theirs"], ["id", "ours"])
    git(root, "add", "-A")
    git(root, how, "--continue")
    assert git(root, "status", "--porcelain") == ""
    assert avow_here(root, "release").out == "schemas/released/a.Moved/4.avsc: version 4 of a.Moved\n"
    assert avow_here(root, "check", "--against", "main").code == 0


def test_what_both_released_alike_is_one_version(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("same")], [optional("same")])
    assert avow_here(root, "release", "--onto", "main").out == ""
    assert [row[0] for row in rows(root)] == [1, 2]


def test_several_local_versions_keep_their_order(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("one")], [optional("theirs")])
    release(root, optional("one"), optional("two"))
    assert avow_here(root, "release", "--onto", "main").code == 0
    assert [fields(root, number)[1:] for number in (2, 3, 4)] == [["theirs"], ["one"], ["one", "two"]]


def test_local_versions_that_do_not_go_with_those_of_the_ref_are_refused(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("x")], [{"name": "x", "type": "int", "default": 0}])
    before = git(root, "status", "--porcelain")
    done = avow_here(root, "release", "--onto", "main")
    assert done.code == 1
    assert done.out.startswith("schemas/released/a.Moved/3.avsc:")
    assert "UNION_BRANCH_MISSING" in done.out
    assert "  Change a.Moved so that it goes with both, and release it once more; then run this again." in done.out
    assert git(root, "status", "--porcelain") == before


def test_what_either_side_retired_is_retired(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("ours")], [optional("theirs")])
    assert avow_here(root, "retire", "a.Moved@1").code == 0
    assert avow_here(root, "release", "--onto", "main").code == 0
    assert rows(root) == [(1, "Era1", True), (2, "Era1", False), (3, "Era1", False)]


def test_an_era_that_began_on_one_side(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": moved()})
    release(root)
    git(root, "checkout", "-q", "-b", "work")
    release(root, {"name": "code", "type": "string"}, era="Coded")
    git(root, "checkout", "-q", "main")
    release(root, optional("theirs"))
    git(root, "checkout", "-q", "work")
    assert avow_here(root, "release", "--onto", "main").code == 0
    assert rows(root) == [(1, "Era1", False), (2, "Era1", False), (3, "Coded", False)]


def test_a_ref_that_is_not_there(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/Moved.avsc": moved()})
    done = avow_here(root, "release", "--onto", "maim")
    assert (done.code, done.err) == (
        2,
        "avow: there is no git ref, folder or archive maim\n  `git branch --all` and `git tag` list what there is.\n",
    )


def test_a_file_that_is_on_neither_side(tmp_path: Path) -> None:
    root = two_branches(tmp_path, [optional("ours")], [optional("theirs")])
    (root / "schemas/released/a.Moved/2.avsc").unlink()
    done = avow_here(root, "release", "--onto", "main")
    assert (done.code, done.err) == (
        2,
        "avow: version 3 of a.Moved is listed, and its file is on neither side\n"
        "  Restore its file from the commit that released it.\n",
    )
