"""Random pairs of schemas: what the checker says of each agrees with what Apache Avro for Java decodes.

Where it need not is the table of `tests.support.java_zones`, with the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from tests.support.differential import Variant, all_types, variant_pairs
from tests.support.differential_twins import twin_pairs
from tests.support.java import Java
from tests.support.java_judge import Case, Dispute, disputes
from tests.support.java_zones import ZONES, zone_of

from avow.compat import compatible
from avow.compat.incompatibility import Incompatibility
from avow.compat.witness import Witness
from avow.runtime import schema as model

PAIRS, TWINS = 9_000, 3_000
"""Pairs of each seed."""

SEEN: Counter[str] = Counter()
"""What came up, so that the last test can tell whether the pairs were worth the time."""


@pytest.mark.parametrize("seed", range(100, 106))
def test_verdicts_agree_with_decoding(java: Java, seed: int) -> None:
    assert _unexplained(java, _cases(variant_pairs(seed, PAIRS))) == []


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_agree_where_several_records_of_a_union_have_one_name(java: Java, seed: int) -> None:
    assert _unexplained(java, _cases(twin_pairs(seed, TWINS))) == []


def _cases(pairs: Iterable[tuple[Variant, Variant]]) -> Iterator[Case]:
    """Yield each pair as we read it, and as Java takes branches where it might take others."""
    for writer, reader in pairs:
        yield Case(writer, reader)
        if _has_one_name_twice(reader.type):
            yield Case(writer, reader, java_unions=True)


def _has_one_name_twice(root: model.Type) -> bool:
    for union in all_types(root):
        if isinstance(union, model.Union):
            names = [model.short_name(branch.name) for branch in union.branches if isinstance(branch, model.Record)]
            if len(names) != len(set(names)):
                return True
    return False


def _unexplained(java: Java, cases: Iterable[Case]) -> list[str]:
    found = []
    for case, parted in _judged(java, cases):
        _count(case)
        for dispute in parted:
            zone = zone_of(dispute)
            SEEN[zone or "unexplained"] += 1
            if zone is None:
                found.append(f"{dispute}\n{case.writer.schema}\n{case.reader.schema}")
    return found


def _judged(java: Java, cases: Iterable[Case]) -> Iterator[tuple[Case, list[Dispute]]]:
    """Yield each case with where Java parts from it."""
    for case in cases:
        yield case, list(disputes(case, case.read(java)))


def _count(case: Case) -> None:
    SEEN["pairs"] += not case.java_unions
    SEEN["java_unions"] += case.java_unions
    SEEN["compatible"] += compatible(case.findings)
    SEEN["data"] += len(case.errors) + len(case.data)
    SEEN.update(case.rules)


def test_the_pairs_were_worth_the_time() -> None:
    if SEEN["pairs"] < 50_000:
        pytest.skip("only some of the pairs were run")
    assert SEEN["compatible"] > 0.2 * SEEN["pairs"], SEEN
    assert SEEN["java_unions"] > 5_000, SEEN
    assert SEEN["data"] > 200_000, SEEN
    assert {rule for rule in RULES if SEEN[rule] < 20} == set(), SEEN
    assert {zone for zone in ZONES if not SEEN[zone]} <= RARE, SEEN


RULES = (
    "FIELD_MISSING TYPE_CHANGED NAME_CHANGED FIXED_SIZE_CHANGED ENUM_SYMBOL_REMOVED UNION_BRANCH_MISSING"
    " UNION_FIRST_MATCH ALIAS_AMBIGUOUS ALIAS_CROSSED DECIMAL_SCALE_CHANGED DECIMAL_PRECISION_NARROWED UNIT_CHANGED"
    " DECIMAL_PRECISION_WIDENED PROMOTION_LOSSY BYTES_AS_STRING LOGICAL_CHANGED NAMESPACE_CHANGED"
).split()
RARE = {"equal unions", "empty arrays as defaults", "floats as defaults", "records without end", "holes"}
"""Zones of what such pairs hardly have; that they are real is shown by their examples and by tests of their own."""


# What watches the checker is watched itself


def _errors(case: Case) -> list[Incompatibility]:
    return [found for found in case.findings if found.severity == "error"]


def _outside(java: Java, seed: int, count: int) -> list[Case]:
    """Return pairs on which Java agrees with us in everything, so that any complaint is about what is changed."""
    return [case for case, parted in _judged(java, _cases(variant_pairs(seed, count))) if not parted]


def _complaints(java: Java, cases: Iterable[Case]) -> list[bool]:
    return [any(zone_of(each) is None for each in parted) for _, parted in _judged(java, cases)]


def test_a_checker_that_lets_an_error_pass_is_caught(java: Java) -> None:
    wrong = []
    for case in _outside(java, 1, 1500):
        errors = _errors(case)
        if len(errors) == 1:
            rest = [found for found in case.findings if found is not errors[0]]
            wrong.append(Case(case.writer, case.reader, rest))
    caught = _complaints(java, wrong)
    assert len(caught) > 100
    assert sum(caught) > 0.97 * len(caught)  # the rest needs a datum deeper than those that are tried


def test_a_checker_that_says_nothing_is_caught(java: Java) -> None:
    wrong = [Case(case.writer, case.reader, []) for case in _outside(java, 2, 1500) if len(_errors(case)) > 1]
    caught = _complaints(java, wrong)
    assert len(caught) > 100
    assert sum(caught) > 0.97 * len(caught)


def test_a_checker_that_invents_an_error_is_caught(java: Java) -> None:
    """An error of another pair; its witness is a datum of this one, which Java reads."""
    cases = _outside(java, 4, 1500)
    strange = next(found for case in cases for found in _errors(case) if found.rule == "FIELD_MISSING")
    wrong = [case for case in cases if compatible(case.findings)]
    for case in wrong:
        case.errors.append((strange, Witness("", case.data[0], "decoding fails")))
    caught = _complaints(java, wrong)
    assert len(caught) > 100
    assert all(caught)


def test_a_decoder_that_reads_something_else_is_caught(java: Java) -> None:
    """What Java reads of one datum is taken for what it reads of another."""
    caught = []
    for case in _outside(java, 5, 1500):
        found = case.read(java)
        swapped = [*found[1:], found[0]]
        if found != swapped and compatible(case.findings) and not case.java_unions:
            caught.append(any(zone_of(each) is None for each in disputes(case, swapped)))
    assert len(caught) > 100
    assert all(caught)
