"""Every step of every history in the corpora, both ways round: verdict and witness agree with decoding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from tests.support import corpora
from tests.support.corpora_refused import REFUSED
from tests.support.differential import Variant, variant
from tests.support.differential_forms import form_of
from tests.support.differential_judge import disagreements
from tests.support.inline import whole

from avow.compat import check, compatible
from avow.runtime.errors import SchemaError
from avow.runtime.parse import parse

pytestmark = pytest.mark.skipif(corpora.folder() is None, reason="no corpora beside the checkout")


@cache
def _histories() -> dict[str, list[Variant]]:
    """Return the versions of every history, in order; those that are no valid schema are left out."""
    found: dict[str, list[Variant]] = {}
    for project in corpora.history():
        made = _variant(project)
        if made is not None:
            found.setdefault(project.name.rpartition("@")[0], []).append(made)
    return found


def _variant(project: corpora.Project) -> Variant | None:
    documents = project.documents()
    main = documents.pop(project.main, None)
    try:
        parse(whole(main, documents.values()))  # a list at the top is a union here: whatever it defines is compared
    except SchemaError:
        return None
    return variant(form_of(main, documents.values(), defaults=True))


def _steps() -> Iterator[tuple[str, Variant, Variant]]:
    for name, versions in _histories().items():
        for old, new in pairwise(versions):
            yield f"{name}, new reads old", old, new
            yield f"{name}, old reads new", new, old


def test_verdict_and_witness_agree_with_decoding() -> None:
    said = {}
    seen: Counter[str] = Counter()
    for name, writer, reader in _steps():
        findings = check(reader.type, writer.type)
        seen["compatible" if compatible(findings) else "incompatible"] += 1
        complaints = disagreements(writer, reader, findings)
        if complaints:
            said[name] = complaints
    assert said == {}
    assert seen["compatible"] > 200, seen
    assert seen["incompatible"] > 50, seen


def test_only_versions_that_avow_refuses_are_left_out() -> None:
    refused = {name for names in REFUSED.values() for name in names}
    compared = sum(len(versions) for versions in _histories().values())
    left = [project.name for project in corpora.history() if project.name not in refused]
    assert compared >= len(left) > 800


def test_every_version_reads_itself() -> None:
    for name, versions in _histories().items():
        for version in versions:
            assert check(version.type, version.type) == [], name
