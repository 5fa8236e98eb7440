"""Services in many styles with what is used in them written beside it, and a score for what an index finds.

A comment `#: R Item.sku, H OrderPlaced` says what its line does: R reads and W writes a field, C builds a type,
H handles it, E lets it escape, D is a use that only an escape or a maybe can tell of.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

STYLES = Path(__file__).parents[1] / "styles"
_COMMENT = re.compile(r"[ \t]*#: (.*)$")
_KINDS = {"read": "R", "write": "W", "construct": "C", "handle": "H", "escape": "E", "maybe": "M", "send": "S"}


class Mark(NamedTuple):
    """One fact: what is written beside the code, or what an index found."""

    style: str
    file: str
    line: int
    kind: str
    type: str
    field: str


class Score(NamedTuple):
    """How well what was found covers what is there; of sets of marks or of (style, type, field)."""

    right: set[Mark]
    wrong: set[Mark]
    missed: set[Mark]
    unsound: set[tuple[str, str, str]]
    maybes: set[tuple[str, str, str]]
    true_maybes: set[tuple[str, str, str]]
    unknown: set[tuple[str, str, str]]
    needless: set[tuple[str, str, str]]

    @property
    def precision(self) -> float:
        return len(self.right) / max(1, len(self.right | self.wrong))

    @property
    def recall(self) -> float:
        return len(self.right) / max(1, len(self.right | self.missed))


def write_services(root: Path, part: str = "code") -> list[Mark]:
    """Write a service for each style of a part, without the comments; return what these say."""
    shutil.copytree(STYLES / "schemas", root / "schemas")
    (root / "pyproject.toml").write_text('[tool.avow]\nnamespace = "shop"\n', encoding="utf-8")
    found = []
    for entry in sorted((STYLES / part).iterdir()):
        files = sorted(entry.glob("*.py")) if entry.is_dir() else [entry]
        for file in files:
            style = entry.stem
            found += _write(root, style, f"consumers/{style}/{file.name}", file.read_text(encoding="utf-8"))
    return found


def _write(root: Path, style: str, name: str, text: str) -> Iterator[Mark]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{_COMMENT.sub('', line)}\n" for line in text.splitlines()), encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        comment = _COMMENT.search(line)
        for each in comment[1].split(", ") if comment else ():
            kind, _, what = each.partition(" ")
            type_, _, field = what.partition(".")
            yield Mark(style, name, number, kind, type_, field or "*")


def found_by(facts: Iterable[dict[str, object]]) -> list[Mark]:
    """Return what an index found, as `avow who --format json` prints it."""
    return [
        Mark(
            str(fact["service"]),
            str(fact["file"]),
            int(str(fact["line"])),
            _KINDS[str(fact["kind"])],
            str(fact["type"]).rpartition(".")[2],
            str(fact["field"]),
        )
        for fact in facts
    ]


def score(truth: list[Mark], found: list[Mark], holds: dict[str, set[str]], fields: dict[str, set[str]]) -> Score:
    """Hold what was found against what is there.

    `holds` gives for each type those that its values hold, itself included; `fields` the fields of each.
    """
    there = {mark for mark in truth if mark.kind in "RW"}
    said = {mark for mark in found if mark.kind in "RW"}
    used = {_use(mark) for mark in truth if mark.kind in "RWD"}
    known = {_use(mark) for mark in said}
    escaped = _below((mark for mark in found if mark.kind == "E"), holds, fields)
    meant = _below((mark for mark in truth if mark.kind == "E"), holds, fields)
    maybes = {_use(mark) for mark in found if mark.kind == "M"} - known
    unknown = escaped - known
    return Score(
        there & said,
        said - there,
        there - said,
        used - known - escaped - maybes,
        maybes,
        maybes & used,
        unknown,
        unknown - meant - used,
    )


def _use(mark: Mark) -> tuple[str, str, str]:
    return mark.style, mark.type, mark.field


def _below(marks: Iterable[Mark], holds: dict[str, set[str]], fields: dict[str, set[str]]) -> set[tuple[str, str, str]]:
    return {
        (mark.style, type_, field)
        for mark in marks
        for type_ in (holds[mark.type] if mark.type != "*" else fields)
        for field in fields[type_]
    }
