"""What shows a finding of compatibility, in words: the witness, its bytes, and what the reader makes of it."""

from __future__ import annotations

from avow.finding import Change, Finding
from avow.report.usage import uses

_SHOWN = 200
"""Characters of a witness in a line for people."""


def witness(finding: Finding, *, cut: bool = False) -> str:
    """Return a line such as `witness {"id":1} (hex 02): decoding fails`, or nothing where there is no witness.

    Args:
        finding: Any finding.
        cut: Whether a long witness is cut, for people; the machine-readable formats have all of it.
    """
    change = finding.change
    if not isinstance(change, Change) or not change.witness:
        return ""
    value, data = (_cut(change.witness), _cut(change.data)) if cut else (change.witness, change.data)
    shown = f"witness {value} (hex {data})" if data else f"witness {value} (no bytes)"
    return f"{shown}: {change.outcome}"


def sentences(finding: Finding) -> str:
    """Return all that a finding says in one line: message, witness, whom it hits, fix."""
    parts = [part for part in (finding.message, witness(finding), "; ".join(uses(finding))) if part]
    return ". ".join([*parts, finding.fix] if finding.fix else parts)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
