"""`avow check` against what is released: levels, versions, eras, what is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.project import avow_here, make_project

STREET = {"name": "street", "type": "string"}
POSTCODE = {"name": "postcode", "type": "string"}
CITY = {"name": "city", "type": "string", "default": ""}
AT = {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}


def moved(*fields: Any, level: str = "BACKWARD_TRANSITIVE", name: str = "Moved", **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", "compatibility": level} if level else {"kind": "event"}
    return {"type": "record", "name": f"a.{name}", **more, "contract": meta, "fields": list(fields)}


def release(root: Path, *arguments: str) -> None:
    done = avow_here(root, "release", *arguments)
    assert done.code == 0, done.out + done.err


def history(root: Path, *states: dict[str, Any]) -> Path:
    """Release one state after the other."""
    for state in states:
        make_project(root, {"a/Moved.avsc": state})
        release(root)
    return root


def found(root: Path, state: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    if state is not None:
        make_project(root, {"a/Moved.avsc": state})
    done = avow_here(root, "check", "--format", "json")
    assert done.code in (0, 1), done.err
    return [json.loads(line) for line in done.out.splitlines()]


def messages(root: Path, state: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    return [(line["rule"], line["message"]) for line in found(root, state)]


def test_what_is_as_it_was_released(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    assert found(root) == []
    assert found(root, moved(STREET, CITY, doc="Only words.")) == []


def test_a_break(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    (line,) = found(root, moved(STREET, POSTCODE))
    assert line["message"].startswith("a.Moved cannot read version 1: ")
    assert line["rule"] == "FIELD_MISSING"
    change = line["change"]
    assert (change["contract"], change["reader"], change["writer"]) == ("a.Moved", "this version", "version 1")
    assert (json.loads(change["witness"]), change["data"]) == ({"street": ""}, "00")


def test_several_versions_are_named_in_one_finding(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    (line,) = found(root, moved(STREET, CITY, POSTCODE))
    assert line["message"].startswith("a.Moved cannot read versions 1 and 2: ")
    assert line["change"]["writer"] == "versions 1 and 2"


def test_only_the_version_at_fault_is_named(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    (line,) = found(root, moved(STREET, {"name": "city", "type": "string"}))
    assert line["message"].startswith("a.Moved cannot read version 1: ")


def test_a_level_that_is_not_transitive_looks_at_the_latest_only(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET, level="BACKWARD"), moved(STREET, CITY, level="BACKWARD"))
    assert found(root, moved(STREET, {"name": "city", "type": "string"}, level="BACKWARD")) == []


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        ("NONE", []),
        ("BACKWARD", ["cannot read version 1"]),
        ("FORWARD", ["readers of version 1"]),
        ("FULL", ["cannot read version 1", "readers of version 1"]),
        ("", ["cannot read version 1", "readers of version 1"]),
    ],
)
def test_levels_and_their_directions(tmp_path: Path, level: str, rules: list[str]) -> None:
    root = history(tmp_path, moved(STREET, level=level))
    said = sorted(message for _, message in messages(root, moved(POSTCODE, level=level)))
    assert len(said) == len(rules)
    assert all(rule in message for rule, message in zip(rules, said, strict=True))


def test_a_lowered_level(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET, level="FULL_TRANSITIVE"))
    assert messages(root, moved(STREET, level="FORWARD")) == [
        ("LEVEL_LOWERED", "a.Moved is held to FORWARD now, version 1 to FULL_TRANSITIVE")
    ]


def test_a_raised_level_is_judged_anew(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET, level="NONE"), moved(STREET, POSTCODE, level="NONE"))
    (line,) = found(root, moved(STREET, POSTCODE))
    assert line["message"].startswith("a.Moved cannot read version 1: ")


def test_a_retired_version_counts_no_more(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET), moved(STREET, CITY))
    assert avow_here(root, "retire", "a.Moved@1").code == 0
    assert found(root, moved(STREET, {"name": "city", "type": "string"})) == []


def test_a_contract_that_is_gone(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    (root / "schemas/a/Moved.avsc").unlink()
    make_project(root, {"a/Other.avsc": moved(name="Other")})
    (line,) = found(root)
    assert (line["rule"], line["place"]["file"]) == ("CONTRACT_REMOVED", "schemas/released/a.Moved/versions.json")
    assert line["message"] == "a.Moved is gone, and version 1 is still live"
    assert avow_here(root, "retire", "a.Moved").code == 0
    assert found(root) == []


def test_a_renamed_contract_goes_on_with_its_history(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    (root / "schemas/a/Moved.avsc").unlink()
    make_project(root, {"a/Gone.avsc": moved(STREET, POSTCODE, name="Gone", aliases=["Moved"])})
    (line,) = found(root)
    assert line["message"].startswith("a.Gone cannot read version 1: ")


def test_a_fingerprint_that_is_taken(tmp_path: Path) -> None:
    root = history(tmp_path, moved(AT, level="NONE"))
    plain = {"name": "at", "type": "long"}
    assert [rule for rule, _ in messages(root, moved(plain, level="NONE"))] == ["FINGERPRINT_TAKEN"]
    assert found(root, moved({**AT, "default": 0}, level="NONE")) == []


def test_an_exception_is_not_unused_once_the_version_is_released(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    excused = moved(STREET, {**POSTCODE, "except": {"FIELD_MISSING": "Nobody reads it."}})
    assert found(root, excused) == []
    release(root)
    assert found(root) == []


def test_an_older_era_is_not_held_against_but_lifted(tmp_path: Path) -> None:
    root = history(tmp_path, moved(STREET))
    make_project(root, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    release(root, "--new-era", "Era2")
    path = root / "schemas/a/Moved.upcast.py"
    path.unlink(missing_ok=True)
    (line,) = found(root)
    assert (line["rule"], line["place"]["file"]) == ("UPCASTER_MISSING", "schemas/a/Moved.avsc")
    assert line["message"] == "nothing lifts MovedEra1 to Moved, and version 1 is still live in a.Moved"
    assert line["fix"] == "Write `def upcast(old: MovedEra1) -> Moved:` into schemas/a/Moved.upcast.py"
    path.write_text("def upcast(old): ...\n")
    assert [line["rule"] for line in found(root)] == ["UPCASTER_MISSING", "UPCASTER_UNTYPED"]
    path.write_text("def upcast(")
    assert [line["rule"] for line in found(root)] == ["UPCASTER_FAILED"]


def test_a_baseline_of_an_older_era_is_not_held_against(tmp_path: Path) -> None:
    root = history(tmp_path / "new", moved(STREET))
    make_project(tmp_path / "old", {"a/Moved.avsc": moved(STREET)})
    make_project(root, {"a/Moved.avsc": moved(STREET, POSTCODE)})
    release(root, "--new-era", "Era2")
    done = avow_here(root, "check", "--against", "../old", "--format", "json")
    assert "FIELD_MISSING" not in done.out
