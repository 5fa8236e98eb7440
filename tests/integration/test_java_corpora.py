"""Every step of every history in the corpora, and the vectors of Avro's own tests, against Avro for Java."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from tests.support import corpora
from tests.support.differential import variant
from tests.support.differential_forms import form_of
from tests.support.histories import steps
from tests.support.java import Java
from tests.support.java_judge import Case
from tests.support.java_zones import unexplained
from tests.unit.test_compat_vectors import PAIRS
from tests.unit.test_vectors import CANONICAL, beside

from avow.compat import compatible
from avow.runtime.canonical import canonical_form, fingerprint
from avow.runtime.parse import parse

SPECIAL = ("java-p123", "java-p124")
"""Rows on which SchemaValidator, which compares no names of records, and SchemaCompatibility part."""


@pytest.mark.skipif(corpora.folder() is None, reason="no corpora beside the checkout")
def test_every_step_of_every_history(java: Java) -> None:
    cases = [(name, Case(writer, reader)) for name, writer, reader in steps()]
    seen = Counter(compatible(case.findings) for _, case in cases)
    assert seen[True] > 200 and seen[False] > 50, seen
    said = {name: unexplained(java, case) for name, case in cases}
    assert {name: complaints for name, complaints in said.items() if complaints} == {}


@beside
def test_pairs_of_the_vectors(java: Java) -> None:
    cases = [(row["id"], made) for row in PAIRS if not row.get("schema_invalid") and (made := _case(row))]
    assert len(cases) > 500
    said = {name: unexplained(java, case) for name, case in cases}
    assert {name: complaints for name, complaints in said.items() if complaints} == {}


def _case(row: dict[str, Any]) -> Case | None:
    """Return a row's pair, None where it has no finite datum."""
    writer, reader = (variant(form_of(row[key], defaults=True)) for key in ("writer", "reader"))
    return Case(writer, reader) if writer and reader else None


@beside
def test_pairs_of_java_are_to_java_what_its_tests_say(java: Java) -> None:
    """What was collected is what this very release of Java's own checker says."""
    rows = [row for row in PAIRS if row["id"].startswith("java") and not row.get("schema_invalid")]
    verdicts = {row["id"]: java.ask(_compare(row))["verdict"] for row in rows}
    otherwise = [row["id"] for row in rows if row["compatible"] is not (verdicts[row["id"]] == "COMPATIBLE")]
    assert otherwise == list(SPECIAL)
    assert len(rows) > 150


def _compare(row: dict[str, Any]) -> dict[str, str]:
    return {"ask": "compare", "writer": json.dumps(row["writer"]), "reader": json.dumps(row["reader"])}


@beside
def test_canonical_forms_and_fingerprints_of_the_vectors(java: Java) -> None:
    answers = [java.ask({"ask": "describe", "schema": json.dumps(row["schema"])}) for row in CANONICAL]
    ours = [canonical_form(parse(row["schema"])) for row in CANONICAL]
    assert [answer["canonical"] for answer in answers] == ours
    assert [answer["fingerprint"] for answer in answers] == [f"{fingerprint(text):016x}" for text in ours]
    assert len(ours) > 90
