"""Vectors from Apache Avro's own tests, beside the checkout: pairs of schemas, and histories with a level."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.test_vectors import _rows, beside

from avow.compat import check, compatible
from avow.compat.levels import pairs
from avow.runtime.errors import SchemaError

PAIRS, HISTORIES = _rows("pairs.jsonl"), _rows("histories.jsonl")

DECIDED = {
    "ruby-p010": (True, "precision widens: every old number can be read, so it is a warning"),
}
"""Pairs that avow decides otherwise than the specification is read by the collector of the vectors."""


def _expected(row: dict[str, Any]) -> bool:
    """What the test asserts, or where that is disputed what the specification says."""
    if row["id"] in DECIDED:
        return DECIDED[row["id"]][0]
    return bool(row["spec_compatible"] if row.get("disputed") else row["compatible"])


@beside
def test_pairs() -> None:
    valid = [row for row in PAIRS if not row.get("schema_invalid")]
    wrong = [row["id"] for row in valid if compatible(check(row["reader"], row["writer"])) is not _expected(row)]
    assert wrong == []
    assert len(valid) > 500


@beside
def test_pairs_with_an_invalid_schema_are_refused() -> None:
    for row in PAIRS:
        if row.get("schema_invalid"):
            with pytest.raises(SchemaError, match="MISSING_ATTRIBUTE"):
                check(row["reader"], row["writer"])


@beside
def test_histories() -> None:
    for row in HISTORIES:
        found = [check(*pair) for pair in pairs(row["level"], row["new"], row["previous"])]
        assert all(map(compatible, found)) is row["compatible"], row["id"]
