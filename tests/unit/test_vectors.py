"""Vectors from Apache Avro's own tests, beside the checkout: canonical forms, fingerprints, valid schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.support.project import REPOSITORY

from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.errors import SchemaError
from avow.runtime.parse import parse, parse_text

FOLDER = REPOSITORY.parent / "shared" / "vectors"

REPEATED_DEFINITION = "HandshakeRequest"
"""Two rows spell MD5 out twice in the canonical form, as the Python library does; by the specification's own
rule for names a definition stands once."""

JUDGED_OTHERWISE = {
    "ruby-s005": (True, "a decimal that does not fit is read as the underlying type: negative precision"),
    "ruby-s006": (True, "a decimal that does not fit is read as the underlying type: negative scale"),
    "ruby-s008": (True, "a decimal that does not fit is read as the underlying type: scale above precision"),
    "ruby-s010": (True, "a decimal that does not fit is read as the underlying type: no precision"),
    "ruby-s007": (False, "the default is escaped twice: six bytes, a number of more than nine digits"),
    "ruby-s013": (False, "a record without fields: the specification requires the attribute"),
    "ruby-s027": (False, "a field whose attribute is spelled `name:`"),
    "ruby-s046": (True, "Avro 1.12 accepts a default of any branch"),
}
"""Rows of schemas.jsonl on which avow and the test that they come from part: avow's verdict and why."""


def _rows(name: str) -> list[dict[str, Any]]:
    path = FOLDER / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


CANONICAL, SCHEMAS = _rows("canonical.jsonl"), _rows("schemas.jsonl")
beside = pytest.mark.skipif(not FOLDER.is_dir(), reason="no ../shared/vectors beside the checkout")


@beside
def test_canonical_forms() -> None:
    wrong = [row for row in CANONICAL if canonical_form(parse(row["schema"])) != row["canonical"]]
    assert [row["schema"]["name"] for row in wrong] == [REPEATED_DEFINITION] * 2
    for row in wrong:
        once = canonical_form(parse(row["schema"]))
        assert once.count('"name":"org.apache.avro.ipc.MD5"') == 1
        assert row["canonical"].count('"name":"org.apache.avro.ipc.MD5"') == 2


@beside
def test_fingerprints() -> None:
    rows = [row for row in CANONICAL if "fingerprint_hex" in row]
    assert rows
    found = [f"{fingerprint(row['canonical']):016x}" for row in rows]
    assert found == [row["fingerprint_hex"] for row in rows]
    assert found == [f"{row['fingerprint'] % (1 << 64):016x}" for row in rows]


@beside
def test_valid_schemas_are_accepted_and_others_refused() -> None:
    verdicts = {row["id"]: (_is_valid(row), row["valid"]) for row in SCHEMAS}
    otherwise = {name: ours for name, (ours, theirs) in verdicts.items() if ours is not theirs}
    assert otherwise == {name: verdict for name, (verdict, _) in JUDGED_OTHERWISE.items()}


def _is_valid(row: dict[str, Any]) -> bool:
    try:
        if "raw" in row:
            parse_text(row["raw"])
        else:
            parse(row["schema"])
    except SchemaError:
        return False
    return True
