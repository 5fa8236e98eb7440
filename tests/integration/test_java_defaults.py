"""Defaults: what fields get that a writer does not write is in Avro for Java what it is here."""

from __future__ import annotations

from random import Random

from tests.support.differential import variant
from tests.support.differential_forms import Form, form_of
from tests.support.inline import Json
from tests.support.java import Java
from tests.support.java_judge import Case
from tests.support.java_zones import unexplained
from tests.support.schemas import Options, random_schema

SCHEMAS = 2_000
WITH_DEFAULTS = Options(records_only=True, bare_inside=False)


def test_defaults_of_drawn_schemas(java: Java) -> None:
    rng, filled = Random("defaults"), 0
    for _ in range(SCHEMAS):
        form = form_of(random_schema(rng, WITH_DEFAULTS), defaults=True)
        writer, reader = variant(_without_defaulted(form)), variant(form)
        if writer and reader:
            assert unexplained(java, Case(writer, reader)) == [], reader.schema
            filled += writer.schema != reader.schema
    assert filled > SCHEMAS / 3


def _without_defaulted(form: Form) -> Form:
    return Form(form.root, {name: _kept(value) for name, value in form.named.items()})


def _kept(value: Json) -> Json:
    if "fields" not in value:
        return value
    return {**value, "fields": [field for field in value["fields"] if "default" not in field]}
