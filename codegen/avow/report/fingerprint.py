"""A mark for each finding that stays the same while the lines above it change, so that CI knows it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from avow.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with 32 hexadecimal digits made of its rule, file and message, not of its line.

    Findings that agree in all three are told apart by their order, so give them in the order of their places.
    """
    from hashlib import sha256

    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        identity = (finding.rule, finding.place.file, finding.message)
        seen[identity] += 1
        text = "\n".join((*identity, str(seen[identity])))
        yield finding, sha256(text.encode()).hexdigest()[:32]
