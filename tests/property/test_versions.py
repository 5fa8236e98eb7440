"""Decoders of older versions: generated code reads what the interpreter reads, and nothing else.

The interpreter is held to fastavro in test_runtime; here every form of a random schema is an older version of
another form, with all that can change between them.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.differential import Variant
from tests.support.generated import Generated, generate
from tests.support.mutate import mutated
from tests.support.versions import project_of, records

from avow.frozen import mark
from avow.runtime.versions import Versions

SEEN: Counter[str] = Counter()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


def _versions(folder: Path, today: Variant, before: list[Variant]) -> Versions:
    shutil.rmtree(folder / "schemas", ignore_errors=True)
    project_of(folder, today, before)
    assert generate(folder).findings == []
    return Generated(folder).registry.versions


def _outcome(call: Any, *arguments: Any) -> tuple[str, Any]:
    try:
        return "value", repr(call(*arguments))
    except Exception as error:
        return "error", str(error)


def _hold(versions: Versions, number: int, data: bytes) -> None:
    """What generated code reads the interpreter reads too; what only the interpreter reads is counted."""
    fast = _outcome(lambda: versions.decoder(number)(data, 0))
    plain = _outcome(versions.read, number, data, 0)
    if fast[0] == "value":
        assert fast == plain
    SEEN[f"{plain[0]} fast" if fast[0] == plain[0] else f"{plain[0]} slow"] += 1


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False))
def test_generated_code_agrees_with_the_interpreter(folder: Path, rng: Random) -> None:
    today, *before = records(rng)
    versions = _versions(folder, today, before)
    chance = Random(rng.getrandbits(32))
    for variant in before:
        number = int(mark(variant.type), 16)
        for data in variant.data:
            _hold(versions, number, data)
            for _ in range(10):
                _hold(versions, number, mutated(data, variant.data, chance))
            _hold(versions, number, data[: chance.randrange(len(data) + 1)])


def test_most_is_read_by_generated_code() -> None:
    if SEEN.total() < 1000:
        pytest.skip("only some of the versions were read")
    assert SEEN["value fast"] > 20 * SEEN["value slow"], SEEN
    assert SEEN["error fast"] > 1000, SEEN
