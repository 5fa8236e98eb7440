"""Escapes that a comment answers for: instead of every field, those that it names are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from avow.errors import AvowError
from avow.index.catalogue import Catalogue, reach
from avow.index.code.waivers import Waiver
from avow.index.fact import WHOLE, Fact
from avow.index.questions.subject import find, owners

NOTHING = "nothing"
REASON = "declared by a comment"


def waived(facts: Iterable[Fact], waivers: Iterable[Waiver], catalogue: Catalogue) -> Iterator[Fact]:
    """Yield facts, with the escapes that waivers answer for replaced by the reads which these declare."""
    by_place = {(each.file, each.line): each for each in waivers}
    for fact in facts:
        waiver = by_place.get((fact.file, fact.line)) if fact.kind == "escape" and fact.type != WHOLE else None
        declared = declares(waiver, fact.type, catalogue) if waiver is not None else None
        if declared is None:
            yield fact
        else:
            yield from (replace(fact, kind="read", type=owner, field=field, reason=REASON) for owner, field in declared)


def declares(waiver: Waiver, name: str, catalogue: Catalogue) -> list[tuple[str, str]] | None:
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


def declared(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the fields along a path such as `AddressChanged.address.postcode`; none where there is no such path."""
    parts = text.split(".")
    for count in range(len(parts) - 1, 0, -1):
        types = find(catalogue, ".".join(parts[:count]))
        if len(types) == 1:
            try:
                return owners(catalogue, types[0], tuple(parts[count:]))
            except AvowError:
                return []
    return []
