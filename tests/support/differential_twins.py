"""Readers whose unions have several records of one short name, which random changes hardly ever make."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from tests.support.differential import Variant, family, variant
from tests.support.differential_forms import Form
from tests.support.inline import Json

_READERS = 4
"""Of each family: each is read from all the records there."""


def twin_pairs(seed: int, count: int) -> Iterator[tuple[Variant, Variant]]:
    """Yield ``count`` pairs: a record, and a union of changed forms of it, each in a namespace of its own."""
    rng = Random(seed)
    return islice(_endless(rng), count)


def _endless(rng: Random) -> Iterator[tuple[Variant, Variant]]:
    while True:
        records = [each for each in family(rng) if _is_record(each.form)]
        for _ in range(_READERS if len(records) > 2 else 0):
            reader = variant(_united([each.form for each in rng.sample(records, rng.choice((2, 3)))], rng))
            if reader is not None:
                yield from ((writer, reader) for writer in records)


def _is_record(form: Form) -> bool:
    return isinstance(form.root, str) and "fields" in form.named.get(form.root, {})


def _united(forms: list[Form], rng: Random) -> Form:
    """Return a union of forms, where one may keep its names and with them the writer's full name."""
    moved = [_moved(form, f"twin{at}") for at, form in enumerate(forms)]
    if rng.random() < 0.4:
        at = rng.randrange(len(forms))
        moved[at] = forms[at]
    return Form([form.root for form in moved], {name: value for form in moved for name, value in form.named.items()})


def _moved(form: Form, namespace: str) -> Form:
    """Return a form with all of its types below a namespace."""

    def moved(value: Json) -> Json:
        if isinstance(value, str):
            return f"{namespace}.{value}" if value in form.named else value
        if isinstance(value, list):
            return [moved(branch) for branch in value]
        return {key: moved(item) if key in ("items", "values") else item for key, item in value.items()}

    def definition(name: str, value: Json) -> Json:
        made = {**value, "name": name, "namespace": name.rpartition(".")[0]}
        made.pop("aliases", None)  # they would be full names
        if "fields" in made:
            made["fields"] = [{**field, "type": moved(field["type"])} for field in made["fields"]]
        return made

    return Form(moved(form.root), {moved(name): definition(moved(name), value) for name, value in form.named.items()})
