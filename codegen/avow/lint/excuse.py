"""Read exceptions where they are written: beside a schema, and in the settings.

Beside a schema, on a type or a field, for it and all that is inside:

    "except": {"FLOAT_MONEY": "Per share, as on the exchange."}
    "except": {"FLOAT_MONEY": {"reason": "Goes with the old tariff.", "until": "2027-01-31"}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from avow.config import LintException, Project, text_of
from avow.errors import ConfigError
from avow.finding import Place
from avow.lint.hit import Hit
from avow.lint.subject import Subject
from avow.load.inspect import trail, walk
from avow.rules import ALL, schema
from avow.rules.lint import exceptions as own
from avow.runtime.names import nearest
from avow.runtime.problem import kind_of, show
from avow.runtime.schema import Json, Path

ATTRIBUTE = "except"
"""Attribute of a type or a field that holds exceptions."""
_INVALID = frozenset(row.id for row in schema.ROWS)
_OWN = frozenset(row.id for row in own.ROWS)
_FILE = "pyproject.toml"
_KEYS = ("reason", "until")


class Excuse(Struct, kw_only=True):
    """One exception that can be understood."""

    rule: str
    reason: str
    until: date | None
    place: Place
    file: str = ""
    """Where it is written beside a schema: in this file, on what is at this path."""
    at: Path = ()
    glob: str = ""
    """Where it is written in the settings: for these files and this name, empty for all."""
    name: str = ""
    used: bool = False

    def covers(self, hit: Hit, subject: Subject) -> bool:
        """Return whether it is made for a hit of its rule."""
        if self.file:
            return hit.file == self.file and hit.at[: len(self.at)] == self.at
        if not self.reaches(hit.file):
            return False
        return not self.name or self.name in trail(subject.tree.sources[hit.file].value, hit.at).names

    def covers_lost(self, file: str, name: str) -> bool:
        """Return whether it is made for a type that the schemas no longer have, or its file."""
        return not self.file and self.reaches(file) and self.name in ("", name)

    def reaches(self, file: str) -> bool:
        """Return whether its glob, if it has one, is for a file."""
        return not self.glob or _matches(self.glob, file)


class Mistake(Struct, frozen=True):
    """An exception that cannot be understood, and why."""

    place: Place
    message: str
    fix: str


# beside a schema


def beside(subject: Subject) -> Iterator[Excuse | Mistake]:
    """Yield the exceptions in the schemas."""
    # Few files have any, and to walk all costs more than all that `avow check` does with one that changed.
    named = [source for source in subject.tree.sources.values() if source.parsed and _may_name(source.text)]
    for file, node in ((source.name, node) for source in named for node in walk(source.value)):
        if node.shape in ("object", "field") and ATTRIBUTE in node.value:
            written = node.value[ATTRIBUTE]
            if isinstance(written, dict):
                for rule, value in written.items():
                    yield _one(subject, file, node.at, rule, value)
            else:
                place = subject.tree.sources[file].place((*node.at, ATTRIBUTE))
                fix = f'Write "{ATTRIBUTE}": {{"SOME_RULE": "why it is excepted"}}'
                yield Mistake(place, f'"{ATTRIBUTE}" is {kind_of(written)}, not an object of rules', fix)


def _may_name(text: str) -> bool:
    return f'"{ATTRIBUTE}"' in text or "\\u" in text


def _one(subject: Subject, file: str, at: Path, rule: str, value: Json) -> Excuse | Mistake:
    place = subject.tree.sources[file].place((*at, ATTRIBUTE, rule), key=True)
    refusal = refused(rule)
    if refusal is not None:
        return Mistake(place, *refusal)
    parts = value if isinstance(value, dict) else {"reason": value}
    reason, until = parts.get("reason", ""), parts.get("until")
    unknown = next((key for key in parts if key not in _KEYS), None)
    if unknown is not None or not isinstance(reason, str):
        return Mistake(place, f"the exception from {rule} is {show(value)}", _FORM)
    last = _date(until)
    if until is not None and last is None:
        return Mistake(place, f"the exception from {rule} holds until {show(until)}, which is no date", _DATE)
    return Excuse(rule=rule, reason=reason, until=last, place=place, file=file, at=at)


_FORM = 'Write the reason as a string, or an object with "reason" and, if it ends, "until".'
_DATE = 'Write a date like "2030-12-31".'


def _date(value: Json) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def refused(rule: str) -> tuple[str, str] | None:
    """Return why there can be no exception from a rule and what to do, or None where there can."""
    if rule in _INVALID:
        return f"{rule} makes a schema invalid, which nothing can excuse", "Mend the schema."
    if rule in _OWN:
        return f"{rule} is about exceptions, and has none itself", "Mend the other exception."
    if rule not in ALL:
        near = nearest(rule, ALL)
        return f"there is no rule {rule}", f"Did you mean {near}?" if near else "`avow rules` lists them all."
    return None


# in the settings


def configured(project: Project) -> list[Excuse]:
    """Return the exceptions in the settings.

    Raises:
        ConfigError: One is made from a rule that does not exist, or that cannot be excused.
    """
    rows = project.settings.lint.exceptions
    text = text_of(project.root) if rows or project.settings.lint.disable else ""
    for rule in project.settings.lint.disable:
        if rule not in _OWN:  # of those too one can choose not to hear
            _check(rule, _line(text, rule, 0, r"[\"']"))
    seen: Counter[str] = Counter()
    return [_setting(row, text, seen) for row in rows]


def _setting(row: LintException, text: str, seen: Counter[str]) -> Excuse:
    line = _line(text, row.rule, seen[row.rule], r"\brule\b[\"']?\s*=\s*[\"']")
    seen[row.rule] += 1
    _check(row.rule, line)
    place = Place(_FILE, line, 1)
    return Excuse(rule=row.rule, reason=row.reason, until=row.until, place=place, glob=row.path, name=row.name)


def _check(rule: str, line: int) -> None:
    refusal = refused(rule)
    if refusal is not None:
        raise ConfigError(refusal[0], fix=refusal[1], file=_FILE, line=line)


def _line(text: str, rule: str, nth: int, before: str) -> int:
    """Return the line in which a rule is named for the nth time, counted from 0 behind `before`; else 1."""
    found = list(re.finditer(rf"{before}{re.escape(rule)}[\"']", text))
    return text.count("\n", 0, found[nth].start()) + 1 if nth < len(found) else 1


def _matches(glob: str, name: str) -> bool:
    """Return whether a name matches a glob: `*` and `?` stay within a folder, `**` is any number of them."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.fullmatch("".join(wild.get(part, re.escape(part)) for part in parts), name) is not None
