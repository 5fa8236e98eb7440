"""Random pairs of schemas: what the checker says of each agrees with real decoding, and so do its witnesses.

fastavro's decoder is the judge, our interpreter where fastavro is silent or decided against: the table in
`tests.support.differential_judge` says where that is, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.differential import Variant, crossed, family, pairs, variant_pairs
from tests.support.differential_judge import disagreements

from avow.compat import check, compatible
from avow.compat.incompatibility import Incompatibility
from avow.compat.witness import witness
from avow.runtime import schema as model

SEEDS = range(11)
PAIRS = 9_000
"""Pairs of each seed; together about 100,000."""

SEEN: Counter[str] = Counter()
"""What came up, so that the last test can tell whether the pairs were worth the time."""


@pytest.mark.parametrize("seed", SEEDS)
def test_verdicts_agree_with_decoding(seed: int) -> None:
    for writer, reader in variant_pairs(seed, PAIRS):
        findings = check(reader.type, writer.type)
        _count(writer, reader, findings)
        assert disagreements(writer, reader, findings) == [], (writer.schema, reader.schema)


def _count(writer: Variant, reader: Variant, findings: list[Incompatibility]) -> None:
    fine = compatible(findings)
    SEEN["pairs"] += 1
    SEEN.update({found.rule for found in findings})
    SEEN["compatible"] += fine
    SEEN["judged by fastavro"] += fine and not reader.ambiguous and not crossed(writer, reader)
    SEEN["recursive"] += _is_recursive(writer.type)


def _is_recursive(root: model.Type) -> bool:
    records = [each for each in model.named_types(root).values() if isinstance(each, model.Record)]
    return any(_reaches_itself(record) for record in records)


def _reaches_itself(record: model.Record) -> bool:
    waiting, seen = [*model.children(record)], set()
    while waiting:
        type_ = waiting.pop()
        if type_ is record:
            return True
        if type_ not in seen:
            seen.add(type_)
            waiting.extend(model.children(type_))
    return False


def test_the_pairs_were_worth_the_time() -> None:
    if SEEN["pairs"] < 50_000:
        pytest.skip("only some of the pairs were run")
    share = {key: count / SEEN["pairs"] for key, count in SEEN.items()}
    assert share["compatible"] > 0.2, SEEN
    assert share["recursive"] > 0.05, SEEN
    assert SEEN["judged by fastavro"] > 0.75 * SEEN["compatible"], SEEN
    assert {rule for rule in RULES if SEEN[rule] < 20} == set(), SEEN


RULES = (
    "FIELD_MISSING TYPE_CHANGED NAME_CHANGED FIXED_SIZE_CHANGED ENUM_SYMBOL_REMOVED UNION_BRANCH_MISSING"
    " ALIAS_AMBIGUOUS ALIAS_CROSSED DECIMAL_SCALE_CHANGED DECIMAL_PRECISION_NARROWED UNIT_CHANGED"
    " DECIMAL_PRECISION_WIDENED PROMOTION_LOSSY BYTES_AS_STRING LOGICAL_CHANGED NAMESPACE_CHANGED"
).split()
"""All rules of pairs but UNION_FIRST_MATCH: it takes two branches of one short name, which no random change makes, and
on which fastavro is no judge; the table of the unit tests has it."""


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_verdicts_agree_on_what_hypothesis_draws(rng: Random) -> None:
    variants = family(rng)
    for writer in variants[:3]:
        for reader in variants:
            said = disagreements(writer, reader, check(reader.type, writer.type))
            assert said == [], (writer.schema, reader.schema)


def test_pairs_repeat_and_are_self_contained() -> None:
    first = list(pairs(3, 200))
    assert first == list(pairs(3, 200))
    for writer, reader in first[:20]:
        assert isinstance(check(reader, writer), list)


# What watches the checker is watched itself


def _judged(seed: int, count: int) -> Iterator[tuple[Variant, Variant, list[Incompatibility]]]:
    for writer, reader in variant_pairs(seed, count):
        if not reader.ambiguous and not crossed(writer, reader):
            yield writer, reader, check(reader.type, writer.type)


def _errors(findings: list[Incompatibility]) -> list[Incompatibility]:
    return [found for found in findings if found.severity == "error"]


def test_a_checker_that_lets_an_error_pass_is_caught() -> None:
    """Every pair with a single error that fastavro fails on: without it, or as a warning, some datum tells."""
    caught = []
    for writer, reader, findings in _judged(1, 1500):
        errors = _errors(findings)
        if len(errors) == 1 and not errors[0].rule.startswith(("DECIMAL", "UNIT")):
            rest = [found for found in findings if found is not errors[0]]
            caught.append(bool(disagreements(writer, reader, rest)))
    assert len(caught) > 100
    assert sum(caught) > 0.97 * len(caught)  # the rest needs a datum deeper than those that are tried


def test_a_checker_that_says_nothing_is_caught() -> None:
    caught = [disagreements(w, r, []) != [] for w, r, findings in _judged(2, 1500) if len(_errors(findings)) > 1]
    assert len(caught) > 100
    assert sum(caught) > 0.98 * len(caught)


def test_a_checker_that_invents_an_error_is_caught() -> None:
    """An error of another pair: here it has no witness."""
    invented = 0
    before: list[Incompatibility] = []
    for writer, reader, findings in _judged(4, 1500):
        if compatible(findings) and before:
            strange = msgspec.structs.replace(before[0], writer_root=writer.type, reader_root=reader.type)
            assert disagreements(writer, reader, [*findings, strange])
            invented += 1
        before = [found for found in _errors(findings) if found.rule != "UNIT_CHANGED" and witness(found)] or before
    assert invented > 100


def test_a_checker_that_says_another_place_is_caught() -> None:
    moved = 0
    for writer, reader, findings in _judged(5, 1500):
        errors = _errors(findings)
        if len(errors) == 1:
            wrong = [msgspec.structs.replace(found, path=f"{found.path}.elsewhere") for found in errors]
            assert disagreements(writer, reader, wrong), (writer.schema, reader.schema)
            moved += 1
    assert moved > 100
