"""The rule table: complete rows, examples that hold, and the search for a rule by its id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from avow import rules
from avow.compat import check
from avow.load import source
from avow.rules import compat, index, lint, schema

ABOUT_SCHEMAS = (*schema.ROWS, *lint.ROWS, *compat.ROWS)
ROWS = (*ABOUT_SCHEMAS, *index.ROWS)
PROSE = ("purpose", "why", "fix")


def test_ids_are_unique_and_upper_snake() -> None:
    assert list(rules.ALL) == [row.id for row in ROWS]
    assert [row.id for row in ROWS if not re.fullmatch(r"[A-Z]+(_[A-Z]+)+", row.id)] == []


def test_whatever_makes_a_schema_invalid_is_an_error() -> None:
    assert {row.severity for row in schema.ROWS} == {"error"}


def test_groups_stand_together() -> None:
    groups = [row.group for row in ROWS]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_row_is_written_out(row: rules.Rule) -> None:
    for attribute in PROSE:
        text = getattr(row, attribute)
        assert re.fullmatch(r"[A-Z\"`].*[.)]", text), f"{row.id}.{attribute} is no sentence: {text!r}"
        assert "  " not in text
        assert "\n" not in text.replace("\n\n", "")
    assert row.purpose.count(". ") == 0, "the purpose is one sentence"
    assert len(row.why) > 2 * len(row.purpose), "why says more than what is found"


@pytest.mark.parametrize("row", [row for row in ROWS if row.example], ids=lambda row: row.id)
def test_example_has_two_sides_that_fit_a_terminal(row: rules.Rule) -> None:
    before, after = sides(row.example)
    assert before != after
    assert max(map(len, row.example.split("\n"))) <= 100


@pytest.mark.parametrize("row", [row for row in ABOUT_SCHEMAS if row.example], ids=lambda row: row.id)
def test_example_is_right_in_the_end(row: rules.Rule) -> None:
    _, after = sides(row.example)
    assert all(source.from_text(text, "a.avsc").findings == [] for text in values(after))


# Rules about a text that is no good JSON; the example of every other rule is.
ABOUT_TEXT = {"MALFORMED_JSON", "DUPLICATE_KEY"}


@pytest.mark.parametrize("row", [row for row in ABOUT_SCHEMAS if row.example], ids=lambda row: row.id)
def test_example_shows_its_own_fault(row: rules.Rule) -> None:
    before, _ = sides(row.example)
    if row.id in ABOUT_TEXT:
        assert {finding.rule for finding in source.from_text(before, "a.avsc").findings} == {row.id}
    else:
        assert all(source.from_text(text, "a.avsc").findings == [] for text in values(before))


@pytest.mark.parametrize("row", compat.PAIRS, ids=lambda row: row.id)
def test_example_of_a_change_shows_what_the_rule_finds(row: rules.Rule) -> None:
    """The change under `Before` is found by the rule, whoever reads and who writes; that under `After` is not."""
    (released, changed), (mended,) = (list(values(side)) for side in sides(row.example))
    assert row.id in {found.rule for found in (*check(changed, released), *check(released, changed))}
    assert row.id not in {found.rule for found in check(mended, released)}


def sides(example: str) -> tuple[str, str]:
    """Return what stands under `Before` and what under `After`."""
    found = re.fullmatch(r"Before\n(.*)\n\nAfter\n(.*)", example, re.DOTALL)
    assert found is not None
    return found.group(1), found.group(2)


def values(text: str) -> Iterator[str]:
    """Yield each of the JSON values that follow one another, the lines that name files left out."""
    rest = re.sub(r"^-- (schemas/\S+\.avsc|released|changed)$", "", text, flags=re.MULTILINE).strip()
    while rest:
        _, end = json.JSONDecoder().raw_decode(rest)
        yield rest[:end]
        rest = rest[end:].strip()


@pytest.mark.parametrize("spelling", ["NAME_CASE", "name_case", "name-case", " Name-Case\n"])
def test_rule(spelling: str) -> None:
    assert rules.rule(spelling) is rules.ALL["NAME_CASE"]


UNKNOWN = {
    "NAME_CAES": "there is no rule NAME_CAES\n  Did you mean NAME_CASE?",
    "missing-docs": "there is no rule missing-docs\n  Did you mean MISSING_DOC?",
    "E501": "there is no rule E501\n  `avow rules` lists them all.",
}


@pytest.mark.parametrize(("name", "message"), UNKNOWN.items(), ids=UNKNOWN)
def test_unknown_rule(name: str, message: str) -> None:
    with pytest.raises(rules.UnknownRuleError) as caught:
        rules.rule(name)
    assert str(caught.value) == message
