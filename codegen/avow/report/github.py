"""Workflow commands of GitHub Actions, which show as annotations in the diff of a pull request.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; escapes as in
https://github.com/actions/toolkit, packages/core/src/command.ts.
"""

from __future__ import annotations

from collections.abc import Sequence

from avow.finding import Finding
from avow.report.tidy import tidy
from avow.report.usage import uses
from avow.report.witness import witness

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(findings: Sequence[Finding]) -> str:
    """Return a workflow command for each finding, one a line."""
    return "".join(_command(finding) for finding in tidy(findings))


def _command(finding: Finding) -> str:
    place = finding.place
    file, title = place.file.translate(_PROPERTY), finding.rule.translate(_PROPERTY)
    where = f"file={file},line={place.line},col={place.column},title={title}"
    return f"::{finding.severity} {where}::{_text(finding).translate(_DATA)}\n"


def _text(finding: Finding) -> str:
    """Return what the annotation says; the log shows nothing but this, so the rule is named once more."""
    seen = [f"see {place.file}:{place.line}:{place.column}" for place in finding.related]
    lines = (f"{finding.rule} {finding.message}", witness(finding), *uses(finding), finding.fix, *seen)
    return "\n".join(line for line in lines if line)
