"""`avow release` and `avow retire`: what is frozen, what is refused, and what is left when something goes wrong."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.project import Outcome, avow, avow_here, make_project

from avow import config, frozen, release

ID = {"name": "id", "type": "string"}
CITY = {"name": "city", "type": "string", "default": ""}
CODE = {"name": "code", "type": "string"}


def moved(*fields: Any, name: str = "Moved", level: str = "", **more: Any) -> dict[str, Any]:
    meta = {"kind": "event", **({"compatibility": level} if level else {}), **more.pop("meta", {})}
    return {"type": "record", "name": f"a.{name}", **more, "contract": meta, "fields": list(fields)}


def edit(root: Path, schema: dict[str, Any], name: str = "Moved") -> Path:
    return make_project(root, {f"a/{name}.avsc": schema})


def history(root: Path, *states: dict[str, Any]) -> Path:
    for state in states:
        edit(root, state)
        assert avow_here(root, "release").code == 0
    return root


def rows(root: Path, name: str = "a.Moved") -> list[dict[str, Any]]:
    content = json.loads((root / "schemas/released" / name / "versions.json").read_text())
    found: list[dict[str, Any]] = content["versions"]
    return found


def test_a_release(tmp_path: Path) -> None:
    root = edit(tmp_path, moved(ID, doc="Somebody moved."))
    done = avow(root, "release")
    assert done == Outcome(0, "schemas/released/a.Moved/1.avsc: version 1 of a.Moved\n", "")
    (row,) = rows(root)
    assert (row["number"], row["era"], row["contract"]) == (1, "Era1", {"kind": "event"})
    assert row["released"] == date.today().isoformat()
    text = (root / "schemas/released/a.Moved/1.avsc").read_text()
    assert json.loads(text) == {"type": "record", "name": "a.Moved", "doc": "Somebody moved.", "fields": [ID]}
    assert avow(root, "release") == Outcome(0, "", "")


def test_what_is_no_change(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved({**ID, "doc": "Who."}, doc="Words.", meta={"owner": "people"}))
    assert avow_here(root, "release") == Outcome(0, "", "")
    assert avow_here(root, "release", "--check").code == 0


@pytest.mark.parametrize(
    "state",
    [
        moved(ID, CITY),
        moved({**ID, "default": "x"}),
        moved({**ID, "aliases": ["key"]}),
        moved({"name": "id", "type": {"type": "string", "logicalType": "uuid"}}, level="NONE"),
    ],
)
def test_what_is_a_change(tmp_path: Path, state: dict[str, Any]) -> None:
    root = history(tmp_path, moved(ID, level="NONE"))
    edit(root, state)
    done = avow_here(root, "release", "--check")
    assert (done.code, done.out.splitlines()) == (
        1,
        [
            "schemas/a/Moved.avsc:3:11: UNRELEASED_CHANGE a.Moved differs from version 1, its latest",
            "  Run `avow release` and commit what it writes.",
            "1 error in 1 file",
        ],
    )


def test_a_change_through_a_shared_type_is_one_of_every_contract_that_it_reaches(tmp_path: Path) -> None:
    address = {"type": "record", "name": "a.Address", "fields": [CODE]}
    home = {"name": "home", "type": "a.Address"}
    files = {"a/Address.avsc": address, "a/Moved.avsc": moved(home), "a/Joined.avsc": moved(home, name="Joined")}
    root = make_project(tmp_path, {**files, "a/Left.avsc": moved(ID, name="Left")})
    assert avow_here(root, "release").code == 0
    make_project(root, {"a/Address.avsc": {**address, "fields": [CODE, CITY]}})
    done = avow_here(root, "release")
    assert done.out.splitlines() == [
        "schemas/released/a.Joined/2.avsc: version 2 of a.Joined",
        "schemas/released/a.Moved/2.avsc: version 2 of a.Moved",
    ]
    inner = json.loads((root / "schemas/released/a.Moved/2.avsc").read_text())["fields"][0]["type"]
    assert (inner["name"], len(inner["fields"])) == ("a.Address", 2)


def test_only_those_that_are_named(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Moved.avsc": moved(ID), "a/Left.avsc": moved(ID, name="Left")})
    assert avow_here(root, "release", "Left").out == "schemas/released/a.Left/1.avsc: version 1 of a.Left\n"
    assert not (root / "schemas/released/a.Moved").exists()
    assert avow_here(root, "release", "a.Mved").err == "avow: there is no contract a.Mved\n  Did you mean a.Moved?\n"


def test_a_break_of_another_contract_does_not_stop_those_that_are_named(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"a/Moved.avsc": moved(ID), "a/Left.avsc": moved(ID, name="Left")})
    assert avow_here(root, "release").code == 0
    make_project(root, {"a/Moved.avsc": moved(ID, CODE), "a/Left.avsc": moved(ID, CITY, name="Left")})
    assert avow_here(root, "release").code == 1
    assert avow_here(root, "release", "a.Left").out == "schemas/released/a.Left/2.avsc: version 2 of a.Left\n"


def test_a_break_is_refused(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    done = avow_here(edit(root, moved(ID, CODE)), "release")
    assert done.code == 1
    assert " FIELD_MISSING a.Moved cannot read version 1: " in done.out
    assert len(rows(root)) == 1
    assert avow_here(root, "release", "--format", "json").out.startswith('{"rule":"FIELD_MISSING"')


def test_an_invalid_schema_is_refused(tmp_path: Path) -> None:
    root = edit(tmp_path, moved({"name": "id", "type": "strin"}))
    done = avow_here(root, "release")
    assert (done.code, "UNKNOWN_TYPE" in done.out) == (1, True)
    assert not (root / "schemas/released").exists()


def test_a_fingerprint_that_is_taken_is_refused(tmp_path: Path) -> None:
    def at(unit: str) -> dict[str, Any]:
        return moved({"name": "at", "type": {"type": "long", "logicalType": f"timestamp-{unit}"}}, level="NONE")

    root = history(tmp_path, at("millis"))
    done = avow_here(edit(root, at("micros")), "release")
    assert done.code == 1
    assert done.out.splitlines()[1] == (
        "  Rename the fields whose logical type changed: a message carries nothing but the fingerprint."
    )


def test_what_was_tampered_with_is_refused(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    (root / "schemas/released/a.Moved/1.avsc").write_text("{}")
    edit(root, moved(ID, CITY))
    for arguments in (("check",), ("release",), ("release", "--check")):
        done = avow_here(root, *arguments)
        assert done.code == 1
        assert (
            "schemas/released/a.Moved/1.avsc:1:1: RELEASE_TAMPERED version 1 of a.Moved is not what was released\n"
            "  Restore it from git; what is released never changes, and `avow release` makes a new version.\n"
        ) in done.out
    assert not (root / "schemas/released/a.Moved/2.avsc").exists()


BROKEN = {
    "missing": (lambda folder: (folder / "1.avsc").unlink(), "RELEASE_MISSING version 1 of a.Moved is missing"),
    "no list": (
        lambda folder: (folder / "versions.json").unlink(),
        "RELEASE_MISSING the list of the released versions of a.Moved is missing",
    ),
    "no JSON": (
        lambda folder: (folder / "versions.json").write_text("{"),
        "RELEASE_TAMPERED the list of the released versions of a.Moved cannot be read: Input data was truncated",
    ),
    "unlisted": (
        lambda folder: (folder / "7.avsc").write_text("{}"),
        "RELEASE_TAMPERED 7.avsc is none of the released versions of a.Moved",
    ),
}


@pytest.mark.parametrize(("harm", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_released_files(tmp_path: Path, harm: Any, said: str) -> None:
    root = history(tmp_path, moved(ID), moved(ID, CITY))
    harm(root / "schemas/released/a.Moved")
    done = avow_here(root, "check")
    assert (done.code, said in done.out) == (1, True), done


def test_lines_that_git_ended_otherwise_are_the_same(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    path = root / "schemas/released/a.Moved/1.avsc"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert avow_here(root, "check") == Outcome(0, "", "")


def test_what_a_killed_release_left_is_overwritten(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    (root / "schemas/released/a.Moved/2.avsc").write_text("{}")
    edit(root, moved(ID, CITY))
    assert avow_here(root, "release").code == 0
    assert [row["number"] for row in rows(root)] == [1, 2]
    assert avow_here(root, "check") == Outcome(0, "", "")


def test_a_renamed_contract_goes_on_with_its_history(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID, level="BACKWARD_TRANSITIVE"))
    (root / "schemas/a/Moved.avsc").unlink()
    edit(root, moved(ID, CITY, name="Gone", aliases=["Moved"], level="BACKWARD_TRANSITIVE"), "Gone")
    assert avow_here(root, "release").out == "schemas/released/a.Gone/2.avsc: version 2 of a.Gone\n"
    found = frozen.read(config.find(root)).histories["a.Gone"]
    assert [(version.name, version.number) for version in found.versions] == [("a.Moved", 1), ("a.Gone", 2)]
    assert avow_here(root, "check") == Outcome(0, "", "")
    assert avow_here(root, "retire", "a.Gone@1").out == "a.Moved@1: retired\n"
    assert [version.number for version in frozen.read(config.find(root)).histories["a.Gone"].live] == [2]


def test_an_alias_that_has_a_contract_of_its_own_is_not_a_former_name(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved(ID, name="Gone", aliases=["Moved"]), "Gone")
    assert avow_here(root, "release").out == "schemas/released/a.Gone/1.avsc: version 1 of a.Gone\n"


def test_retiring(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID, meta={"retention": "P10D"}), moved(ID, CITY), moved(ID))
    over = date.today() + timedelta(days=10)
    assert avow_here(root, "retire").out.splitlines() == [
        f"a.Moved@1: released on {date.today()}, retention is over on {over}",
        f"a.Moved@2: released on {date.today()}, no retention is known",
    ]
    refused = avow_here(root, "retire", "Moved@1")
    assert refused.err == (
        f"avow: version 1 of a.Moved may still be stored: its retention is over on {over}\n"
        "  Wait until then. If nothing of it is left, say --early.\n"
    )
    assert (
        avow_here(root, "retire", "--early", "Moved@1", "a.Moved@2").out == "a.Moved@1: retired\na.Moved@2: retired\n"
    )
    assert [row.get("retired") for row in rows(root)] == [date.today().isoformat()] * 2 + [None]
    assert avow_here(root, "retire", "a.Moved@2") == Outcome(0, "", "")


RETIRED_WRONGLY = {
    "a.Moved@2": (
        "version 2 of a.Moved is the latest of a contract that is still there, so it is what is written today\n"
        "  Release its successor first, or remove the contract.\n"
    ),
    "a.Moved@9": "a.Moved has no version 9\n  There are: 1, 2.\n",
    "a.Mover": "there is no contract a.Mover\n  Did you mean a.Moved?\n",
    "a.Moved@x": "`a.Moved@x` names no version\n  Write it like `customers.AddressChanged@2`.\n",
}


@pytest.mark.parametrize(("text", "said"), RETIRED_WRONGLY.items())
def test_what_cannot_be_retired(tmp_path: Path, text: str, said: str) -> None:
    root = history(tmp_path, moved(ID), moved(ID, CITY))
    assert avow_here(root, "retire", text) == Outcome(2, "", f"avow: {said}")


def test_a_retired_version_can_be_released_again(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    (root / "schemas/a/Moved.avsc").unlink()
    make_project(root, {"a/Left.avsc": moved(ID, name="Left")})
    assert avow_here(root, "retire", "a.Moved").code == 0
    edit(root, moved(ID))
    assert "version 2 of a.Moved" in avow_here(root, "release").out


def test_an_era(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved(ID, CODE))
    done = avow_here(root, "release", "--new-era", "Coded")
    assert done.out.splitlines() == [
        "schemas/released/a.Moved/2.avsc: version 2 of a.Moved",
        "schemas/a/Moved.upcast.py: write the function that lifts the older era",
    ]
    assert [row["era"] for row in rows(root)] == ["Era1", "Coded"]
    assert (root / "schemas/a/Moved.upcast.py").read_text() == (
        '"""Lifts values of older eras of a.Moved to the class of today."""\n'
        "\n"
        "from __future__ import annotations\n"
        "\n"
        "from contracts.a import Moved, MovedEra1\n"
        "\n"
        "\n"
        "def upcast(old: MovedEra1) -> Moved:\n"
        '    """Return what a value of the older era says, as Moved."""\n'
        '    raise NotImplementedError("say what each field of Moved is made of")\n'
    )


def test_a_second_era_completes_the_file(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved(ID, CODE))
    assert avow_here(root, "release", "--new-era", "Era2").code == 0
    edit(root, moved(CODE))
    assert avow_here(root, "release").code == 1
    assert avow_here(root, "release", "--new-era", "Era3").code == 0
    text = (root / "schemas/a/Moved.upcast.py").read_text()
    assert "from contracts.a import Moved, MovedEra1\nfrom contracts.a import MovedEra2\n" in text
    assert "# The functions above returned Moved before it changed: they have to return MovedEra2 now.\n" in text
    assert "def upcast_era2(old: MovedEra2) -> Moved:\n" in text


ERAS = {
    "era2": "`era2` is no name for an era, which becomes a part of class names",
    "Era1": "a.Moved has had an era Era1 already",
}


@pytest.mark.parametrize(("name", "said"), ERAS.items())
def test_bad_names_of_eras(tmp_path: Path, name: str, said: str) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved(ID, CODE))
    done = avow_here(root, "release", "--new-era", name)
    assert (done.code, done.err) == (
        2,
        f"avow: {said}\n  Name it like Era2, or after what it brings, such as Structured.\n",
    )


def test_an_era_that_nothing_asks_for(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    edit(root, moved(ID, CITY))
    done = avow_here(root, "release", "--new-era", "Era2")
    assert done.err == (
        "avow: no contract breaks what is live, so none begins an era\n"
        "  Release without --new-era, or name the contracts whose meaning has changed.\n"
    )
    assert "version 2" in avow_here(root, "release", "a.Moved", "--new-era", "Era2").out
    assert rows(root)[1]["era"] == "Era2"


def test_a_class_of_an_era_that_another_type_has(tmp_path: Path) -> None:
    root = history(tmp_path, moved(ID))
    make_project(root, {"a/Moved.avsc": moved(ID, CODE), "a/MovedEra1.avsc": moved(ID, name="MovedEra1")})
    done = avow_here(root, "release", "a.Moved", "--new-era", "Era2")
    assert done.err == (
        "avow: the class of the era would be MovedEra1, and a.MovedEra1 is another type\n  Rename a.MovedEra1.\n"
    )


def test_options_that_exclude_one_another(tmp_path: Path) -> None:
    root = edit(tmp_path, moved(ID))
    done = avow_here(root, "release", "--check", "--new-era", "Era2")
    assert (done.code, "exclude one another" in done.err) == (2, True)


def test_the_library(tmp_path: Path) -> None:
    project = config.find(edit(tmp_path, moved(ID)))
    day = date(2026, 1, 2)
    assert [each.number for each in release.release(project, today=day).released] == [1]
    assert frozen.read(project).histories["a.Moved"].versions[0].released == day
    assert release.unreleased(project) == []
