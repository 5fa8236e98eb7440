"""The format for people: `path:line:col: RULE message`, which editors and terminals turn into a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avow.finding import Finding, Place
from avow.report.tidy import tidy
from avow.report.witness import witness


def render(findings: Sequence[Finding]) -> str:
    """Return a line for each finding, with its witness, fix and other places indented below; empty for none."""
    return "".join(f"{line}\n" for finding in tidy(findings) for line in _lines(finding))


def summary(findings: Sequence[Finding]) -> str:
    """Return a line such as `2 errors, 1 warning in 3 files`, without line break; empty for no findings."""
    found = tidy(findings)
    if not found:
        return ""
    errors = sum(finding.severity == "error" for finding in found)
    counts = ((errors, "error"), (len(found) - errors, "warning"))
    files = _count(len({finding.place.file for finding in found}), "file")
    return f"{', '.join(_count(n, word) for n, word in counts if n)} in {files}"


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{_where(finding.place)}: {finding.rule} {finding.message}"
    if shown := witness(finding, cut=True):
        yield f"  {shown}"
    if finding.fix:
        yield f"  {finding.fix}"
    for place in finding.related:
        yield f"  see {_where(place)}"


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
