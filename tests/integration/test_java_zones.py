"""The zones in which Java is no judge: what Java does there, and that nothing else is let through."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.differential import Variant
from tests.support.differential_forms import form_of
from tests.support.java import Failed, Java
from tests.support.java_judge import Case, disputes
from tests.support.java_zones import ZONES, zone_of


def _variant(schema: Any) -> Variant:
    return Variant(form_of(schema, defaults=True))


def _shown(found: Any, expected: Any) -> Any:
    """Return what is expected where that is part of what was thrown, else what was found."""
    return expected if isinstance(found, Failed) and str(expected) in f"{found.error}: {found.message}" else found


@pytest.mark.parametrize("name", ZONES)
def test_what_java_does(java: Java, name: str) -> None:
    example = ZONES[name].example
    (found,) = java.read(example.writer, example.reader, [bytes.fromhex(example.datum)])
    (fast,) = example.fast or (example.java,)
    assert (_shown(found.resolving, example.java), _shown(found.fast, fast)) == (example.java, fast)


@pytest.mark.parametrize("name", ZONES)
def test_what_we_say(java: Java, name: str) -> None:
    """On its example a zone explains what Java does, and no zone before it would."""
    example = ZONES[name].example
    case = Case(_variant(example.writer), _variant(example.reader), java_unions=example.java_unions)
    assert " ".join(found.rule for found in case.findings) == example.rules
    case.data.append(bytes.fromhex(example.datum))
    parted = list(disputes(case, case.read(java)))
    assert {zone_of(dispute) for dispute in parted} == {name}
