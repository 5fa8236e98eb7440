"""Comments that say what is read where a value goes out of sight: `# avow: reads AddressChanged.reason`.

One stands on the line of the escape, or alone on the line before. It names fields, separated by commas, by the path
from a type; or `nothing`.
"""

from __future__ import annotations

import re

from msgspec import Struct

_COMMENT = re.compile(r"#\s*avow:\s*reads\b[ \t]*(.*?)\s*$")
MARK = "avow:"


class Waiver(Struct, frozen=True, order=True, array_like=True):
    """One such comment: the line that it is about, the line that it stands on, and the fields that it names."""

    file: str
    line: int
    at: int
    reads: tuple[str, ...]
    is_used: bool = False
    """Whether there is an escape that it answers for."""


def waivers(file: str, text: str) -> list[Waiver]:
    """Return the waivers in the text of a file."""
    if MARK not in text:
        return []
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        comment = _COMMENT.search(line)
        if comment is not None:
            is_alone = not line[: comment.start()].strip()
            names = tuple(name for each in comment[1].split(",") if (name := each.strip()))
            found.append(Waiver(file, number + is_alone, number, names))
    return found
