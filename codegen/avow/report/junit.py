"""JUnit's XML, which most CI servers show as test results.

There is no standard; this is the common part that https://github.com/testmoapp/junitxml describes. A file is
a suite and a finding a test case. An error is a failure; a warning is a skipped test, which is seen and fails
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from avow.finding import Finding
from avow.report.tidy import tidy
from avow.report.usage import uses
from avow.report.witness import witness

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OUTCOMES = {"error": "failure", "warning": "skipped"}


def render(findings: Sequence[Finding]) -> str:
    """Return the XML document. Without findings it has one test that passed: some servers want one."""
    from xml.etree import ElementTree

    found = tidy(findings)
    root = ElementTree.Element("testsuites", _counts("avow", found))
    for file, group in groupby(found, key=lambda finding: finding.place.file):
        _suite(root, file, list(group))
    if not found:
        suite = ElementTree.SubElement(root, "testsuite", _counts("avow", found))
        ElementTree.SubElement(suite, "testcase", {"name": "schemas", "classname": "avow"})
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _counts(name: str, findings: list[Finding]) -> dict[str, str]:
    failures = sum(finding.severity == "error" for finding in findings)
    return {
        "name": name,
        "tests": str(len(findings) or 1),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(len(findings) - failures),
    }


def _suite(root: Element, file: str, findings: list[Finding]) -> None:
    from xml.etree.ElementTree import SubElement

    suite = SubElement(root, "testsuite", _counts(file, findings))
    for finding in findings:
        place = finding.place
        name = f"{finding.rule} {place.line}:{place.column}"
        case = SubElement(suite, "testcase", {"name": name, "classname": file, "file": file, "line": str(place.line)})
        outcome = SubElement(case, _OUTCOMES[finding.severity], {"message": finding.message, "type": finding.rule})
        outcome.text = _text(finding)


def _text(finding: Finding) -> str:
    places = (finding.place, *finding.related)
    where = [f"{place.file}:{place.line}:{place.column}" for place in places]
    return "\n".join(line for line in (*where, witness(finding), *uses(finding), finding.fix) if line)
