"""How one change is written: what it is about, and what was and is."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, TypeAlias

import msgspec
from msgspec import UnsetType

from avow.changes.change import Change
from avow.report.tidy import printable

Json: TypeAlias = Any
_BARE = ("type", "name", "logicalType", "order")
"""What is said in names, without quotes."""
_LISTS = ("aliases", "branches", "symbols")
"""What is a list of names, of which some came or went."""
_LINE = 88
"""Characters of a text that is not broken in two."""
_LONGEST = 240
"""Characters of a text that is not cut."""
_CONTEXT = 2
"""Words that are shown of what two long texts have in common, on either side of what differs."""
_MANY = 1000
"""Words of a text that is no longer looked through for what differs, which takes quadratic time."""


class Row(msgspec.Struct, frozen=True):
    """A change in words."""

    aspect: str
    """What it is about; empty for a field that came or went, or a type that was met before."""
    texts: list[str]
    """One line each."""

    def lines(self, width: int) -> Iterator[str]:
        """Yield its lines, with the aspect in a column of some width."""
        for n, text in enumerate(self.texts):
            yield f"{'' if n else self.aspect:<{width}}  {text}" if self.aspect else text


def rows(changes: Iterable[Change]) -> Iterator[Row]:
    """Yield the rows of the changes at one place."""
    for change in changes:
        if change.what == "field":
            yield from _field(change)
        else:
            yield _row(change)


def _field(change: Change) -> Iterator[Row]:
    """Yield a field with its default; its doc is left to those who look it up."""
    said = _said(change)
    default = f" = {_value('default', said['default'])}" if "default" in said else ""
    yield Row("", [f"{printable(said['type'])}{default}"])
    for key, value in said.items():
        if key not in ("type", "default", "doc"):
            yield Row(printable(key), [_cut(_value(key, value))])


def _said(change: Change) -> dict[str, Json]:
    side = change.before if change.kind == "removed" else change.after
    assert isinstance(side, dict)
    return side


def _row(change: Change) -> Row:
    if change.like:
        return Row("", [printable(f"as {change.like}")])
    short = change.owner.rpartition(".")[2]
    if change.what in ("enum", "fixed"):
        return Row(f"{change.what} {short}", _wrapped(_definition(_said(change))))
    of_type = f" of {short}" if short and change.at and not change.field else ""
    return Row(f"{printable(change.what)}{of_type}", _sides(change))


def _definition(said: dict[str, Json]) -> str:
    """Return `RED, GREEN (default RED)`, or `16 bytes (logicalType uuid)`."""
    head = ", ".join(said["symbols"]) if "symbols" in said else f"{said['size']} bytes"
    more = [f"{key} {said[key]}" for key in ("default", "logicalType") if key in said]
    return f"{head} ({', '.join(more)})" if more else head


def _sides(change: Change) -> list[str]:
    if change.what in _LISTS:
        marker, names = ("+", change.after) if change.kind == "added" else ("-", change.before)
        return _wrapped(f"{marker} {_joined(names)}")
    if change.what.startswith("order of "):
        return _apart(_joined(change.before), _joined(change.after))
    return _apart(_value(change.what, change.before), _value(change.what, change.after))


def _joined(names: Json | UnsetType) -> str:
    return printable(", ".join(names)) if isinstance(names, list) else ""


def _value(what: str, value: Json | UnsetType) -> str:
    if isinstance(value, UnsetType):
        return "none"
    is_bare = what in _BARE and isinstance(value, str)
    return printable(value if is_bare else json.dumps(value, ensure_ascii=False))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(printable(text), _LINE, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _apart(before: str, after: str) -> list[str]:
    """Return what was and what is, in two lines where they are long; what long ones have in common is left out."""
    if len(before) + len(after) > _LINE:
        before, after = _differing(before.split(" "), after.split(" "))
    one = f"{before} -> {after}"
    return [one] if len(one) <= _LINE else [_cut(before), f"-> {_cut(after)}"]


def _differing(before: list[str], after: list[str]) -> tuple[str, str]:
    """Return the words that differ, with a few around them."""
    if max(len(before), len(after)) > _MANY:
        return " ".join(before), " ".join(after)
    groups = list(SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT))
    olds = [(group[0][1], group[-1][2]) for group in groups]
    news = [(group[0][3], group[-1][4]) for group in groups]
    return _spans(before, olds), _spans(after, news)


def _spans(words: list[str], spans: list[tuple[int, int]]) -> str:
    parts = [" ".join(words[start:end]) for start, end in spans]
    first = [""] if spans and spans[0][0] else []
    last = [""] if spans and spans[-1][1] < len(words) else []
    return " … ".join([*first, *parts, *last]).strip()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
