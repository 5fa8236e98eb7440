"""One JSON object a line, with the fields of `Finding`: for scripts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from avow.finding import Finding
from avow.report.tidy import tidy


def render(findings: Sequence[Finding]) -> str:
    """Return a line for each finding; all of its fields are there, `fix` and `related` also where empty."""
    return msgspec.json.Encoder().encode_lines(tidy(findings)).decode()
