"""The parts of the linter that golden cases don't show: globs, spelling, circles, settings, corpora."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from avow import config, rules
from avow.config import LintException, LintSettings, Project, Settings
from avow.errors import ConfigError
from avow.lint import spelling
from avow.lint.excuse import _matches
from avow.lint.infinite import circles
from avow.lint.linter import CHECKS, run
from avow.load.files import SUFFIX
from avow.runtime.parse import parse
from avow.runtime.schema import Record, named_types

CORPORA = Path(__file__).parents[3] / "shared/corpora"
DAY = {"type": "enum", "name": "a.Day", "doc": "A day.", "symbols": ["MONDAY"]}


def test_every_rule_of_the_linter_is_checked() -> None:
    about_exceptions = {rule for rule, row in rules.ALL.items() if row.group == "exception"}
    assert set(CHECKS) | about_exceptions == {row.id for row in rules.lint.ROWS}
    assert not set(CHECKS) & about_exceptions


@pytest.mark.parametrize(
    ("glob", "name", "matches"),
    [
        ("schemas/a.avsc", "schemas/a.avsc", True),
        ("schemas/*.avsc", "schemas/a.avsc", True),
        ("schemas/*.avsc", "schemas/b/a.avsc", False),
        ("schemas/**", "schemas/b/a.avsc", True),
        ("schemas/**/a.avsc", "schemas/a.avsc", True),
        ("schemas/**/a.avsc", "schemas/b/c/a.avsc", True),
        ("schemas/**/a.avsc", "schemas/b/xa.avsc", False),
        ("**/a?.avsc", "schemas/a1.avsc", True),
        ("schemas/a.avsc", "schemas/aXavsc", False),
        ("schemas", "schemas/a.avsc", False),
    ],
)
def test_globs(glob: str, name: str, *, matches: bool) -> None:
    assert _matches(glob, name) is matches


@pytest.mark.parametrize(
    ("name", "snake", "camel", "upper_camel", "upper"),
    [
        ("postCode", "post_code", "postCode", "PostCode", "POST_CODE"),
        ("post_code", "post_code", "postCode", "PostCode", "POST_CODE"),
        ("HTTPStatus2", "http_status2", "httpStatus2", "HttpStatus2", "HTTP_STATUS2"),
        ("_x", "x", "x", "X", "X"),
    ],
)
def test_respelling(name: str, snake: str, camel: str, upper_camel: str, upper: str) -> None:
    found = [spelling.respelt(name, style) for style in spelling.STYLES]
    assert found == [snake, camel, upper_camel, upper]
    assert [spelling.fits(each, style) for each, style in zip(found, spelling.STYLES, strict=True)] == [True] * 4


def test_one_odd_field_does_not_change_the_style_of_a_record() -> None:
    assert spelling.common(["a_b", "c", "dE"]) == "snake_case"
    assert spelling.common(["aB", "c", "dE", "f_g"]) == "camelCase"
    assert spelling.common(["ID", "Name"]) == "UpperCamelCase"
    assert spelling.common([]) == "snake_case"


def _record(name: str, **fields: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": [{"name": k, "type": v} for k, v in fields.items()]}


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (_record("A", x="A"), ["A.x"]),
        (_record("A", x=["null", "A"]), []),
        (_record("A", x={"type": "array", "items": "A"}, y={"type": "map", "values": "A"}), []),
        (_record("A", x=["A"]), ["A.x"]),
        (_record("A", x=_record("B", y=_record("C", z="A"))), ["A.x B.y C.z"]),
        (_record("A", x=_record("B", y="B", z="A")), ["B.y"]),
        (_record("A", x=_record("B", y=["A", "B"])), ["A.x B.y"]),
        (_record("A", x=_record("B", y=["A", "B", "null"])), []),
        (_record("A", x=[], y=_record("B")), []),
    ],
)
def test_records_that_hold_themselves_without_end(schema: Any, found: list[str]) -> None:
    records = [type_ for type_ in named_types(parse(schema)).values() if isinstance(type_, Record)]
    ways = [" ".join(f"{record.name}.{field.name}" for record, field in circle) for circle in circles(records)]
    assert ways == found


def project(root: Path, schema: Any, toml: str = "[tool.avow]\n") -> Project:
    (root / "schemas/a").mkdir(parents=True)
    (root / f"schemas/a/Day{SUFFIX}").write_text(json.dumps(schema))
    (root / "pyproject.toml").write_text(toml)
    return config.find(root)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            '[tool.avow.lint]\ndisable = ["NAME_STYLE", "NAME_STILE"]',
            "pyproject.toml:2: there is no rule NAME_STILE\n  Did you mean NAME_STYLE?",
        ),
        (
            '[tool.avow.lint]\ndisable = [\n  "XXXX_YYYY",\n]',
            "pyproject.toml:3: there is no rule XXXX_YYYY\n  `avow rules` lists them all.",
        ),
        (
            "[tool.avow.lint]\ndisable = ['UNKNOWN_TYPE']",
            "pyproject.toml:2: UNKNOWN_TYPE makes a schema invalid, which nothing can excuse\n  Mend the schema.",
        ),
        (
            '[[tool.avow.lint.exceptions]]\nreason = "Why."\nrule = "NAME_STYLE"\n'
            '[[tool.avow.lint.exceptions]]\nreason = "Why."\nrule = "BAD_NAME"\n',
            "pyproject.toml:6: BAD_NAME makes a schema invalid, which nothing can excuse\n  Mend the schema.",
        ),
    ],
)
def test_settings_name_rules_that_can_be_left_out(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        run(project(tmp_path, DAY, toml))
    assert str(caught.value) == message


def test_what_is_wrong_with_exceptions_can_be_silenced(tmp_path: Path) -> None:
    schema = {**DAY, "default": "MONDAY", "except": {"ENUM_WITHOUT_DEFAULT": "It never grows."}}
    found = project(tmp_path, schema)
    assert [finding.rule for finding in run(found)] == ["UNUSED_EXCEPTION"]
    (tmp_path / "pyproject.toml").write_text('[tool.avow.lint]\ndisable = ["UNUSED_EXCEPTION"]')
    assert run(config.find(tmp_path)) == []


def test_an_exception_holds_on_its_last_day(tmp_path: Path) -> None:
    schema = {**DAY, "except": {"ENUM_WITHOUT_DEFAULT": {"reason": "Soon.", "until": "2026-01-31"}}}
    found = project(tmp_path, schema)
    assert run(found, today=date(2026, 1, 31)) == []
    late = [finding.rule for finding in run(found, today=date(2026, 2, 1))]
    assert late == ["ENUM_WITHOUT_DEFAULT", "EXPIRED_EXCEPTION"]


def test_nothing_is_called_unused_where_not_everything_was_judged(tmp_path: Path) -> None:
    row = LintException(rule="FLOAT_MONEY", reason="Old.", path="schemas/b/**")
    settings = Settings(lint=LintSettings(exceptions=(row,)))
    schema = {**DAY, "default": "SUNDAY", "except": {"ENUM_WITHOUT_DEFAULT": "It never grows."}}
    root = project(tmp_path, schema).root
    assert [finding.rule for finding in run(Project(root, settings))] == ["BAD_DEFAULT"]


def test_the_schemas_of_this_repository_have_no_findings() -> None:
    assert run(config.find(Path(__file__).parent)) == []


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout")
def test_logical_types_on_fields_in_the_corpora() -> None:
    """173 files have one: in the newest trees, and in those older versions that another library reads too."""
    found = {scope: _with_logical_on_field(scope) for scope in ("head", "history")}
    readable = found["history"] & _read_by_fastavro()
    assert (len(found["head"]), len(found["history"]), len(readable)) == (13, 165, 160)
    assert len(found["head"] | readable) == 173


def _with_logical_on_field(scope: str) -> set[Path]:
    return {
        corpus / finding.place.file
        for corpus in CORPORA.iterdir()
        for finding in run(Project(corpus, Settings(schemas=scope)))
        if finding.rule == "LOGICAL_ON_FIELD"
    }


def _read_by_fastavro() -> set[Path]:
    return {
        corpus / "history" / row["schema"].removesuffix(SUFFIX) / _version(row)
        for corpus in CORPORA.iterdir()
        for row in map(json.loads, (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines())
        if row.get("fastavro") is True
    }


def _version(row: dict[str, Any]) -> str:
    return f"{row['n']:03}_{row['date']}_{row['commit'][:8]}{SUFFIX}"
