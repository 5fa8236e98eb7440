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
from tests.support.differential import Variant, all_types
from tests.support.generated import Generated, generate
from tests.support.mutate import mutated
from tests.support.versions import project_of, records

from avow.frozen import mark
from avow.runtime.limits import is_empty
from avow.runtime.schema import Array, Primitive
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


def _hold(versions: Versions, number: int, data: bytes) -> tuple[str, str]:
    """What generated code reads the interpreter reads too; return what becomes of it in either."""
    fast = _outcome(lambda: versions.decoder(number)(data, 0))
    plain = _outcome(versions.read, number, data, 0)
    if fast[0] == "value":
        assert fast == plain
    SEEN[f"{fast[0]} {plain[0]}"] += 1
    return fast[0], plain[0]


def _is_left_to_the_interpreter(writer: Variant, reader: Variant) -> bool:
    """Items without bytes, which are counted, and promotions onto logical types, which are rare."""
    arrays = [each.items for each in all_types(writer.type) if isinstance(each, Array)]
    kinds = {each.kind for each in all_types(writer.type)}
    onto = [each.kind for each in all_types(reader.type) if isinstance(each, Primitive) and each.logical]
    return any(map(is_empty, arrays)) or any(kinds & PROMOTED.get(kind, set()) for kind in onto)


PROMOTED = {"long": {"int"}, "bytes": {"string"}, "string": {"bytes"}}


@pytest.mark.parametrize("seed", range(60))
def test_generated_code_agrees_with_the_interpreter(folder: Path, seed: int) -> None:
    chance = Random(seed)
    today, *before = records(chance)
    versions = _versions(folder, today, before)
    for variant in before:
        number = int(mark(variant.type), 16)
        for data in variant.data:
            fast, plain = _hold(versions, number, data)
            assert fast == plain or _is_left_to_the_interpreter(variant, today)
            for _ in range(10):
                _hold(versions, number, mutated(data, variant.data, chance))
            _hold(versions, number, data[: chance.randrange(len(data) + 1)])


def test_most_is_read_by_generated_code() -> None:
    if SEEN.total() < 1000:
        pytest.skip("only some of the versions were read")
    assert SEEN["value value"] > 10 * SEEN["error value"], SEEN
    assert SEEN["error error"] > 1000, SEEN
