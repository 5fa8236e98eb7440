"""Random pairs of schemas: what differs in their JSON is among the changes, and the path of each leads there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from tests.support.differential import Variant, variant, variant_pairs
from tests.support.differential_changes import changed
from tests.support.differential_forms import Form, form_of
from tests.support.inline import Json
from tests.support.paths import core, end
from tests.support.schemas import Options, random_schema

from avow.changes import Change, changes
from avow.report.diff.text import tree
from avow.runtime.canonical import schema_text
from avow.runtime.parse import parse

SEEDS = range(4)
PAIRS = 1_500
SEEN: Counter[str] = Counter()

Said = tuple[str, str]
"""A named type and one of its fields, or the type as such."""


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_differs_is_seen(seed: int) -> None:
    for old, new in variant_pairs(seed, PAIRS):
        found = list(changes(old.type, new.type))
        SEEN.update({f"{change.kind} {change.what}" for change in found}, pairs=1, equal=not found)
        assert bool(found) == (meaning(old) != meaning(new)), (old.schema, new.schema)
        assert unseen(old.form, new.form, found) == [], (old.schema, new.schema)
        assert astray(old.form, new.form, found) == [], (old.schema, new.schema)
        assert len(list(tree("a.R", found))) >= len({change.at for change in found})


@pytest.mark.parametrize("seed", SEEDS)
def test_a_single_change_is_seen_and_undone(seed: int) -> None:
    rng = Random(seed)
    for _ in range(150):
        form = form_of(random_schema(rng, Options(defaults=False, budget=7)))
        old, new = variant(form), variant(changed(form, rng, 1))
        if old is None or new is None:
            continue
        there, back = list(changes(old.type, new.type)), list(changes(new.type, old.type))
        assert bool(there) == bool(back) == (meaning(old) != meaning(new)), (old.schema, new.schema)
        assert Counter(map(turned, there)) == Counter(map(told, back)), (old.schema, new.schema)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_schema_does_not_differ_from_itself(seed: int) -> None:
    rng = Random(seed)
    for _ in range(200):
        schema = random_schema(rng, Options())
        assert list(changes(parse(schema), parse(schema))) == []


def test_the_pairs_were_worth_the_time() -> None:
    if SEEN["pairs"] < len(SEEDS) * PAIRS:
        pytest.skip("only some of the pairs were run")
    rare = [what for what in WHATS if SEEN[what] < 20]
    assert rare == [], SEEN
    assert SEEN["equal"] < SEEN["pairs"] / 4


WHATS = [
    *(
        f"{kind} {what}"
        for kind in ("added", "removed")
        for what in ("field", "symbols", "branches", "aliases", "enum")
    ),
    *(f"changed {what}" for what in ("name", "type", "logicalType", "size", "order of fields", "order of symbols")),
]


def meaning(schema: Variant) -> tuple[str, list[str]]:
    """Return what a schema says, and which of its records are called errors."""
    named = schema.form.named.items()
    return schema_text(schema.type), sorted(name for name, value in named if value["type"] == "error")


# what must be among the changes


def unseen(old: Form, new: Form, found: list[Change]) -> list[Said]:
    """Return the types and fields of which the JSON differs and no change is told."""
    told = {(change.owner, change.field) for change in found}
    told |= {(change.owner, side) for change in found if change.what == "name" for side in sides(change)}
    return [said for said in differing(old, new) if said not in told]


def sides(change: Change) -> Iterator[str]:
    yield from (side for side in (change.before, change.after) if isinstance(side, str))


def differing(old: Form, new: Form) -> Iterator[Said]:
    for name in old.named.keys() & new.named.keys():
        before, after = old.named[name], new.named[name]
        if before["type"] != after["type"] and {before["type"], after["type"]} != {"record", "error"}:
            continue
        if own(before) != own(after):
            yield name, ""
        olds, news = by_name(before), by_name(after)
        yield from ((name, field) for field in olds.keys() | news.keys() if olds.get(field) != news.get(field))


def own(definition: Json) -> Json:
    """Return what a named type says besides its fields, and those in their order."""
    return {key: value for key, value in definition.items() if key not in ("fields", "default")}


def by_name(definition: Json) -> dict[str, Json]:
    """Return the fields as far as they matter at the top: what is inside of items and values is said of those."""
    return {field["name"]: {**field, "type": field["type"]} for field in definition.get("fields", ())}


# where paths lead


def astray(old: Form, new: Form, found: list[Change]) -> list[Change]:
    """Return the changes that do not stand where their path leads."""
    return [change for change in found if not is_right(old, new, change)]


def is_right(old: Form, new: Form, change: Change) -> bool:
    if change.what in ("field", "enum", "fixed") and change.kind == "removed":
        gone = old.named[change.owner]
        return not change.field or (change.at[-1] == change.field and change.field in by_name(gone))
    try:
        there = end(new, change.at)
    except KeyError:
        return False
    if change.field:
        return (there.owner, there.field) == (change.owner, change.field)
    return change.owner == core(there.type) if change.owner else not there.owner


# the way back


def told(change: Change) -> tuple[str, ...]:
    return (change.kind, change.what) if change.kind == "changed" else (change.kind, change.what, change.owner)


def turned(change: Change) -> tuple[str, ...]:
    kinds = {"added": "removed", "removed": "added", "changed": "changed"}
    kind, *rest = told(change)
    return kinds[kind], *rest
