"""Escapes that a comment answers for: instead of every field, those that it names are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec.structs import replace

from avow.errors import AvowError
from avow.index.catalogue import Catalogue, reach
from avow.index.code.waivers import Waiver
from avow.index.fact import WHOLE, Fact
from avow.index.lookup import find, owners

Step: TypeAlias = tuple[str, str, str]
"""The type that declares a field, the field, and the field that the value comes from; that is empty for the first."""

NOTHING = "nothing"
REASON = "declared by a comment"


def waived(facts: Iterable[Fact], waivers: Iterable[Waiver], catalogue: Catalogue) -> tuple[list[Fact], list[Waiver]]:
    """Return facts, with the escapes that waivers answer for replaced by the reads which these declare.

    The waivers come back as well, knowing whether they are of use.
    """
    by_place = {(each.file, each.line): each for each in waivers}
    found: list[Fact] = []
    used = set()
    for fact in facts:
        waiver = by_place.get((fact.file, fact.line)) if fact.kind == "escape" and fact.type != WHOLE else None
        declared = declares(waiver, fact.type, catalogue) if waiver is not None else None
        if declared is None:
            found.append(fact)
        else:
            used.add((fact.file, fact.line))
            found += [_read(fact, owner, field, via) for owner, field, via in declared]
    return found, [replace(each, is_used=place in used) for place, each in by_place.items()]


def _read(fact: Fact, owner: str, field: str, via: str) -> Fact:
    return replace(fact, kind="read", type=owner, field=field, reason=REASON, via=via)


def declares(waiver: Waiver, name: str, catalogue: Catalogue) -> list[Step] | None:
    """Return the fields that a waiver declares of a type that escapes; None where it does not speak of that type."""
    if waiver.reads == (NOTHING,):
        return []
    found, speaks = [], False
    for text in waiver.reads:
        steps = declared(text, catalogue)
        if steps and steps[0][0] in reach(catalogue, name):
            speaks = True
            found += steps
    return found if speaks else None


def declared(text: str, catalogue: Catalogue) -> list[Step]:
    """Return the fields along a path such as `AddressChanged.address.postcode`; none where there is no such path."""
    parts = text.split(".")
    for count in range(len(parts) - 1, 0, -1):
        types = find(catalogue, ".".join(parts[:count]))
        if len(types) == 1:
            try:
                return _steps(owners(catalogue, types[0], tuple(parts[count:])))
            except AvowError:
                return []
    return []


def _steps(path: list[tuple[str, str]]) -> list[Step]:
    fields = [field for _, field in path]
    vias = ["", *(f"{path[0][0]}.{'.'.join(fields[: n + 1])}" for n in range(len(path) - 1))]
    return [(owner, field, via) for (owner, field), via in zip(path, vias, strict=True)]
