"""The format for people: `path:line:col: RULE message`, which editors and terminals turn into a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avow.finding import Change, Finding, Place
from avow.report.tidy import tidy
from avow.report.usage import steps, uses
from avow.report.witness import witness


def render(findings: Sequence[Finding]) -> str:
    """Return a line for each finding, with what belongs to it indented below; empty for none.

    Below the findings stands which services take a changed contract first.
    """
    found = tidy(findings)
    lines = [line for finding in found for line in _lines(finding)]
    return "".join(f"{line}\n" for line in (*lines, *_rollouts(found)))


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
    yield from (f"  {line}" for line in uses(finding, cut=True))
    if finding.fix:
        yield f"  {finding.fix}"
    for place in finding.related:
        yield f"  see {_where(place)}"


def _rollouts(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the rollout of each contract, once."""
    changes = (finding.change for finding in findings)
    found = {change.contract: change.rollout for change in changes if isinstance(change, Change)}
    for contract, texts in found.items():
        if texts:
            yield f"rollout of {contract}:"
            yield from (f"  {line}" for line in steps(texts))


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
