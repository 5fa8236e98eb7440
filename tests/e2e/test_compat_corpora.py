"""Every step of every history in the corpora, both ways round: verdict and witness agree with decoding."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.support import corpora
from tests.support.corpora_refused import REFUSED
from tests.support.differential_judge import disagreements
from tests.support.histories import histories, steps

from avow.compat import check, compatible

pytestmark = pytest.mark.skipif(corpora.folder() is None, reason="no corpora beside the checkout")


def test_verdict_and_witness_agree_with_decoding() -> None:
    said = {}
    seen: Counter[str] = Counter()
    for name, writer, reader in steps():
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
    compared = sum(len(versions) for versions in histories().values())
    left = [project.name for project in corpora.history() if project.name not in refused]
    assert compared >= len(left) > 800


def test_every_version_reads_itself() -> None:
    for name, versions in histories().items():
        for version in versions:
            assert check(version.type, version.type) == [], name
