"""What exit code findings make."""

from __future__ import annotations

from collections.abc import Iterable

from avow.finding import Finding

FINE, WRONG, CANNOT = 0, 1, 2


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Return 2 where a file could not be read, else 1 for errors and, if strict, for warnings; else 0.

    What was not read was not checked either, and a CI that retries has to tell this from a bad schema.
    """
    found = list(findings)
    if any(finding.rule == "UNREADABLE_FILE" for finding in found):
        return CANNOT
    return WRONG if any(strict or finding.severity == "error" for finding in found) else FINE
