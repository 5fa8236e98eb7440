"""`avow lint` as people and CI call it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from avow_command import Avow, Ran

GOOD = '{"type": "enum", "name": "a.Day", "doc": "A day.", "symbols": ["NONE"], "default": "NONE"}'
WARNED = '{"type": "enum", "name": "a.Day", "doc": "A day.", "symbols": ["MONDAY"]}'
WRONG = '{"type": "enum", "name": "a.Day", "doc": "A day.", "symbols": "MONDAY"}'
WARNING = (
    "schemas/a/Day.avsc:1:26: ENUM_WITHOUT_DEFAULT "
    "the enum a.Day has no default, so older readers cannot read a new symbol\n"
    '  Add a symbol such as UNKNOWN, and "default" with its name.\n'
    "1 warning in 1 file\n"
)
ERROR = (
    'schemas/a/Day.avsc:1:63: BAD_ATTRIBUTE the "symbols" of this enum are a string, not an array\n'
    '  Write "symbols": […]\n'
    "1 error in 1 file\n"
)


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.avow]\n")
    path = tmp_path / "schemas/a/Day.avsc"
    path.parent.mkdir(parents=True)
    return path


@pytest.mark.parametrize(
    ("text", "said", "code", "strict_code"),
    [(GOOD, "", 0, 0), (WARNED, WARNING, 0, 1), (WRONG, ERROR, 1, 1)],
)
def test_findings_and_exit_codes(avow: Avow, schema: Path, text: str, said: str, code: int, strict_code: int) -> None:
    schema.write_text(text)
    assert avow("lint") == Ran(code, said)
    assert avow("lint", "--strict") == Ran(strict_code, said)


def test_what_could_not_be_read_is_told_apart(avow: Avow, schema: Path) -> None:
    schema.write_bytes(b"\xff\xfe{}")
    assert avow("lint") == Ran(
        2,
        "schemas/a/Day.avsc:1:1: UNREADABLE_FILE text is UTF-16\n  Save the file as UTF-8.\n1 error in 1 file\n",
    )


def test_bad_settings(avow: Avow, schema: Path, tmp_path: Path) -> None:
    schema.write_text(WARNED)
    (tmp_path / "pyproject.toml").write_text('[tool.avow.lint]\ndisable = ["ENUM_WITHOUT_DEFAULTS"]\n')
    assert avow("lint") == Ran(
        2,
        "",
        "avow: pyproject.toml:2: there is no rule ENUM_WITHOUT_DEFAULTS\n  Did you mean ENUM_WITHOUT_DEFAULT?\n",
    )


def test_no_schemas(avow: Avow, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.avow]\n")
    assert avow("lint") == Ran(
        2,
        "",
        "avow: schemas: there is no such folder of schemas\n"
        "  Make it, or name another as `schemas` in [tool.avow]; `avow new` writes a first contract.\n",
    )
    (tmp_path / "schemas").mkdir()
    assert avow("lint") == Ran(0)


def test_a_project_elsewhere(avow: Avow, schema: Path) -> None:
    schema.write_text(WRONG)
    assert avow("-C", "schemas/a", "lint") == Ran(1, ERROR)


def test_formats_for_machines(avow: Avow, schema: Path) -> None:
    schema.write_text(WRONG)
    ran = {form: avow("lint", "--format", form) for form in ("json", "github", "gitlab", "junit", "sarif")}
    assert {(each.code, each.err) for each in ran.values()} == {(1, "1 error in 1 file\n")}
    line = json.loads(ran["json"].out)
    assert (line["rule"], line["place"]["line"], line["place"]["column"]) == ("BAD_ATTRIBUTE", 1, 63)
    assert ran["github"].out.startswith(
        "::error file=schemas/a/Day.avsc,line=1,col=63,title=BAD_ATTRIBUTE::BAD_ATTRIBUTE the "
    )
    assert [issue["check_name"] for issue in json.loads(ran["gitlab"].out)] == ["BAD_ATTRIBUTE"]
    assert ElementTree.fromstring(ran["junit"].out).attrib["failures"] == "1"
    assert json.loads(ran["sarif"].out)["runs"][0]["results"][0]["ruleId"] == "BAD_ATTRIBUTE"


def test_formats_for_machines_are_whole_without_findings(avow: Avow, schema: Path) -> None:
    schema.write_text(GOOD)
    ran = {form: avow("lint", "--format", form) for form in ("json", "github", "gitlab", "junit", "sarif")}
    assert {(each.code, each.err) for each in ran.values()} == {(0, "")}
    assert (ran["json"].out, ran["github"].out, json.loads(ran["gitlab"].out)) == ("", "", [])
    assert ElementTree.fromstring(ran["junit"].out).attrib["failures"] == "0"
    assert json.loads(ran["sarif"].out)["runs"][0]["results"] == []


def test_a_file_name_that_is_not_utf8_is_refused(avow: Avow, schema: Path) -> None:
    (schema.parent / os.fsdecode(b"\xff.avsc")).write_text(GOOD)
    said = (
        "schemas/a/\\udcff.avsc:1:1: UNREADABLE_FILE a name that is not UTF-8\n  Rename the file.\n1 error in 1 file\n"
    )
    assert avow("lint") == Ran(2, said)
