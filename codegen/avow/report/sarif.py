"""SARIF 2.1.0, which code scanning services read; the pages of the rules travel with the findings.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from avow.finding import Finding, Place
from avow.report.fingerprint import fingerprints
from avow.report.tidy import tidy
from avow.report.witness import sentences

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(findings: Sequence[Finding]) -> str:
    """Return a log with one run; its rules are those that have findings."""
    found = tidy(findings)
    rules = sorted({finding.rule for finding in found})
    run = {
        "tool": {"driver": {"name": "avow", "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, mark, rules.index(finding.rule)) for finding, mark in fingerprints(found)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(rule_id: str) -> dict[str, object]:
    """Describe a rule. One that the table lacks is still named: no finding may be lost in a report."""
    from avow.rules import ALL

    rule = ALL.get(rule_id)
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule.id,
        "shortDescription": {"text": _literal(rule.purpose)},
        "fullDescription": {"text": _literal(rule.why)},
        "help": {"text": _literal(f"{rule.why}\n\n{rule.fix}")},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.group]},
    }


def _result(finding: Finding, fingerprint: str, rule_index: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity,
        "message": {"text": _literal(sentences(finding))},
        "locations": [_location(finding.place)],
        "partialFingerprints": {"avow/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_location(place) | {"id": n} for n, place in enumerate(finding.related)]
    return result


def _literal(text: str) -> str:
    """Escape what SARIF takes for a placeholder (section 3.11.5), break what it takes for a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(place: Place) -> dict[str, object]:
    from urllib.parse import quote

    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(place.file), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
