"""`avow check` as people and CI call it: real repositories, the real command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.support.project import Outcome, avow, avow_here, make_project
from tests.support.repository import commit, git

FORMS = ("text", "json", "github", "gitlab", "junit", "sarif")
STREET = {"name": "street", "type": "string"}
POSTCODE = {"name": "postcode", "type": "string"}


def moved(*fields: Any, level: str = "BACKWARD", name: str = "Moved", **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", "compatibility": level}
    return {"type": "record", "name": f"a.{name}", **more, "contract": meta, "fields": list(fields)}


def repository(root: Path, files: dict[str, Any], settings: str = "") -> str:
    make_project(root, files, settings)
    git(root, "init", "-q", "-b", "main")
    mark = commit(root)[:12]
    git(root, "checkout", "-q", "-b", "work")
    return mark


def rules(found: Outcome) -> list[tuple[str, str]]:
    """Rule and contract of each finding of `--format json`."""
    assert found.code in (0, 1), found.err
    lines = [json.loads(line) for line in found.out.splitlines()]
    return [(line["rule"], line.get("change", {}).get("contract", "")) for line in lines]


def check(root: Path, against: str = "main", *more: str) -> list[tuple[str, str]]:
    return rules(avow_here(root, "check", "--against", against, "--format", "json", *more))


def test_nothing_changed(tmp_path: Path) -> None:
    mark = repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    assert avow(tmp_path, "check", "--against", "main") == Outcome(0, "", f"against main: commit {mark}, its tip\n")


def test_a_break(tmp_path: Path) -> None:
    mark = repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    found = avow(tmp_path, "check", "--against", "main")
    assert (found.code, found.err) == (1, f"against main: commit {mark}, its tip\n")
    first, witness, fix, last = found.out.splitlines()
    assert "FIELD_MISSING a.Moved cannot read the version of main: " in first
    assert first.startswith("schemas/a/Moved.avsc:")
    assert witness.startswith('  witness {"street": ""} (hex 00): ')
    assert fix.startswith("  ")
    assert last == "1 error in 1 file"


def test_uncommitted_and_committed_changes_are_the_same(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    before = check(tmp_path)
    commit(tmp_path)
    assert check(tmp_path) == before == [("FIELD_MISSING", "a.Moved")]


def test_what_others_did_meanwhile_is_not_our_change(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    git(tmp_path, "checkout", "-q", "main")
    make_project(
        tmp_path, {"a/Moved.avsc": moved(STREET, {**POSTCODE, "default": ""}), "a/New.avsc": moved(name="New")}
    )
    commit(tmp_path)
    git(tmp_path, "checkout", "-q", "work")
    assert check(tmp_path) == []


def test_a_contract_that_is_deleted(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET), "a/Left.avsc": moved(name="Left")})
    (tmp_path / "schemas/a/Left.avsc").unlink()
    found = avow_here(tmp_path, "check", "--against", "main")
    assert found.code == 1
    assert found.out.startswith("schemas/a/Left.avsc:")
    assert " CONTRACT_REMOVED a.Left is gone, and main has it\n" in found.out


def test_a_contract_that_is_renamed_is_held_against_its_old_self(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    (tmp_path / "schemas/a/Moved.avsc").unlink()
    renamed = moved(STREET, name="Relocated", aliases=["Moved"])
    make_project(tmp_path, {"a/Relocated.avsc": renamed})
    assert check(tmp_path) == []
    renamed["fields"].append(POSTCODE)
    make_project(tmp_path, {"a/Relocated.avsc": renamed})
    assert check(tmp_path) == [("FIELD_MISSING", "a.Relocated")]


def test_a_contract_that_is_moved_is_the_same(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    (tmp_path / "schemas/a/Moved.avsc").rename(tmp_path / "schemas/Other.avsc")
    assert check(tmp_path) == []


def test_a_moved_schemas_folder(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    (tmp_path / "src").mkdir()
    (tmp_path / "schemas").rename(tmp_path / "src/avro")
    (tmp_path / "pyproject.toml").write_text('[tool.avow]\nschemas = "src/avro"\n')
    assert check(tmp_path) == []
    (tmp_path / "src/avro/a/Moved.avsc").write_text(json.dumps(moved(STREET, POSTCODE)))
    assert check(tmp_path) == [("FIELD_MISSING", "a.Moved")]


def test_a_shared_type_is_reported_on_every_contract_that_reaches_it(tmp_path: Path) -> None:
    def address(*fields: Any) -> dict[str, Any]:
        return {"type": "record", "name": "b.Address", "fields": list(fields)}

    inner = {"type": "record", "name": "b.Person", "fields": [{"name": "address", "type": "b.Address"}]}
    files = {
        "b/Address.avsc": address(STREET),
        "b/Person.avsc": inner,
        "a/One.avsc": moved({"name": "address", "type": "b.Address"}, name="One"),
        "a/Two.avsc": moved({"name": "people", "type": {"type": "array", "items": "b.Person"}}, name="Two"),
        "a/Three.avsc": moved({"name": "Address", "type": "string"}, name="Three"),
    }
    repository(tmp_path, files)
    make_project(tmp_path, {"b/Address.avsc": address(STREET, POSTCODE)})
    found = avow_here(tmp_path, "check", "--against", "main", "--format", "json")
    assert rules(found) == [("FIELD_MISSING", "a.One"), ("FIELD_MISSING", "a.Two")]
    places = [json.loads(line)["place"]["file"] for line in found.out.splitlines()]
    assert places == ["schemas/b/Address.avsc"] * 2


def test_a_type_that_moved_into_a_shared_file_is_the_same(tmp_path: Path) -> None:
    address = {"type": "record", "name": "b.Address", "fields": [STREET]}
    repository(tmp_path, {"a/Moved.avsc": moved({"name": "address", "type": address})})
    make_project(tmp_path, {"a/Moved.avsc": moved({"name": "address", "type": "b.Address"}), "odd/x.avsc": address})
    assert check(tmp_path) == []


def test_a_worktree_and_a_project_in_a_folder(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    make_project(root / "service", {"a/Moved.avsc": moved(STREET)})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "worktree", "add", "-q", "-b", "work", str(tmp_path / "work"))
    make_project(tmp_path / "work/service", {"a/Moved.avsc": moved(STREET, POSTCODE)})
    assert check(tmp_path / "work/service") == [("FIELD_MISSING", "a.Moved")]
    assert check(root / "service") == []


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_an_archive(tmp_path: Path, form: str) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    git(tmp_path, "archive", f"--format={form}", "--prefix=old/", "-o", f"old.{form}", "HEAD")
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    assert check(tmp_path, f"old.{form}") == [("FIELD_MISSING", "a.Moved")]


def test_a_folder(tmp_path: Path) -> None:
    make_project(tmp_path / "old", {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path / "new", {"a/Moved.avsc": moved(STREET, POSTCODE)})
    assert check(tmp_path / "new", "../old") == [("FIELD_MISSING", "a.Moved")]
    assert check(tmp_path / "new", str(tmp_path / "old/schemas")) == [("FIELD_MISSING", "a.Moved")]


def test_what_is_the_same_for_several_baselines_is_said_once(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path / "old", {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    found = avow_here(tmp_path, "check", "--against", "main", "--against", "old", "--format", "json")
    (line,) = (json.loads(line) for line in found.out.splitlines())
    assert line["message"].startswith("a.Moved cannot read the version of main and that of old: ")
    assert line["change"]["writer"] == "main, old"


def test_a_missing_ref(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    git(tmp_path, "remote", "add", "origin", "https://example.org/x.git")
    assert avow(tmp_path, "check", "--against", "origin/main") == Outcome(
        2,
        "",
        "avow: there is no git ref, folder or archive origin/main\n"
        "  Fetch it: `git fetch origin main:refs/remotes/origin/main`\n",
    )


def test_nothing_to_hold_against(tmp_path: Path) -> None:
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET)})
    assert avow_here(tmp_path, "check") == Outcome(
        2,
        "",
        "avow: nothing is released, so there is nothing to hold the schemas against\n"
        "  Freeze what there is with `avow release`, or name a state of the project: `--against origin/main`.\n",
    )


def test_a_baseline_that_is_broken(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": "{"})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET)})
    assert avow_here(tmp_path, "check", "--against", "main").err.endswith(
        "avow: none of the schemas of main can be read\n  Name another state of the project.\n"
    )


def test_a_broken_file_of_a_baseline_hides_no_other(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET), "a/Left.avsc": "{"})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE), "a/Left.avsc": moved(name="Left")})
    assert check(tmp_path) == [("FIELD_MISSING", "a.Moved")]


def test_a_broken_file_is_reported_and_nothing_is_made_of_it(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET), "a/Left.avsc": moved(name="Left")})
    broken = '{"type": "record", "name": "a.Left", '
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE), "a/Left.avsc": broken})
    assert check(tmp_path) == [("MALFORMED_JSON", ""), ("FIELD_MISSING", "a.Moved")]


def excused(reason: object) -> dict[str, Any]:
    return moved(STREET, {**POSTCODE, "except": {"FIELD_MISSING": reason}})


def test_exceptions(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path, {"a/Moved.avsc": excused({"reason": "Nobody reads it.", "until": "9999-12-31"})})
    assert check(tmp_path) == []
    assert "UNUSED_EXCEPTION" not in avow_here(tmp_path, "lint").out
    make_project(tmp_path, {"a/Moved.avsc": excused({"reason": "Nobody reads it.", "until": "2020-12-31"})})
    assert check(tmp_path) == [("FIELD_MISSING", "a.Moved"), ("EXPIRED_EXCEPTION", "")]
    assert "EXPIRED_EXCEPTION" not in avow_here(tmp_path, "lint").out


def test_an_unused_exception_is_reported_where_the_contract_was_judged(tmp_path: Path) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET), "a/Left.avsc": excused("Why not.")})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, {**POSTCODE, "default": ""})})
    assert check(tmp_path) == []
    changed = excused("Nobody reads it.")
    changed["fields"][1]["default"] = ""
    make_project(tmp_path, {"a/Moved.avsc": changed})
    assert check(tmp_path) == [("UNUSED_EXCEPTION", "")]


def test_severities(tmp_path: Path) -> None:
    def at(unit: str) -> dict[str, Any]:
        return moved({"name": "at", "type": {"type": "long", "logicalType": f"timestamp-{unit}"}})

    repository(tmp_path, {"a/Moved.avsc": at("millis")})
    make_project(tmp_path, {"a/Moved.avsc": at("micros")})
    assert avow_here(tmp_path, "check", "--against", "main").code == 1
    make_project(tmp_path, {}, '[tool.avow.check]\nseverity = {UNIT_CHANGED = "warning"}')
    assert avow_here(tmp_path, "check", "--against", "main").code == 0
    assert avow_here(tmp_path, "check", "--against", "main", "--strict").code == 1


@pytest.mark.parametrize("form", FORMS)
def test_formats(tmp_path: Path, form: str) -> None:
    repository(tmp_path, {"a/Moved.avsc": moved(STREET)})
    make_project(tmp_path, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    found = avow_here(tmp_path, "check", "--against", "main", "--format", form)
    assert found.code == 1
    if form == "junit":
        assert ElementTree.fromstring(found.out).attrib["failures"] == "1"
    elif form in ("json", "gitlab", "sarif"):
        assert json.loads(found.out)
    assert "FIELD_MISSING" in found.out
    assert '\\"street\\"' in found.out or '"street"' in found.out
    assert ("1 error in 1 file" in found.err) is (form != "text")


def test_help_teaches(tmp_path: Path) -> None:
    said = avow_here(tmp_path, "check", "--help").out
    assert "avow check --against origin/main     in CI, for a pull request" in said
