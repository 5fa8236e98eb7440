"""GitLab's Code Quality report, which shows findings in a merge request.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from avow.finding import Finding
from avow.report.fingerprint import fingerprints
from avow.report.tidy import tidy
from avow.report.witness import sentences

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(findings: Sequence[Finding]) -> str:
    """Return a JSON array with an object for each finding."""
    issues = [_issue(finding, mark) for finding, mark in fingerprints(tidy(findings))]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "description": sentences(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.file, "lines": {"begin": finding.place.line}},
    }
