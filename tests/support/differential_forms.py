"""Schemas taken apart, so that they can be changed, and the ways in which others want them whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fastavro.schema import parse_schema
from tests.support.inline import PRIMITIVES, Definition, Json, bare, full_name, inline, qualified, whole

_FAMILIES = {**dict.fromkeys(("int", "long", "float", "double"), "number"), "string": "text", "bytes": "text"}


class Form(NamedTuple):
    """A schema taken apart: the type at the top, and each named type with only references to others in it."""

    root: Json
    named: dict[str, Json]

    def schema(self) -> Json:
        """Return the schema in one piece."""
        return inline(self.root, {name: Definition(value, "") for name, value in self.named.items()})

    def parsed(self) -> Json:
        """Return the schema as fastavro parses it, references kept, as the only field of a record.

        fastavro stumbles where a reader spells a type out that the writer names, so nothing is spelled out; and
        a record adds no bytes. Logical types are left out: fastavro reads by the writer's.
        """
        known: dict[str, Json] = {name: {} for name in self.named}
        for value in self.named.values():
            parse_schema(_plain(value), known, _write_hint=False)
        whole_ = {"type": "record", "name": "Whole__", "fields": [{"name": "value", "type": _plain(self.root)}]}
        parse_schema(whole_, known, _write_hint=False)
        return {**known["Whole__"], "__fastavro_parsed": True, "__named_schemas": known}


def _plain(value: Json) -> Json:
    """Return a type without logical types; primitives as bare names."""
    if isinstance(value, list):
        return [_plain(branch) for branch in value]
    if not isinstance(value, dict):
        return value
    if value["type"] in PRIMITIVES:
        return value["type"]
    kept = {key: item for key, item in value.items() if key not in ("logicalType", "precision", "scale")}
    for inner in ("items", "values"):
        if inner in kept:
            kept[inner] = _plain(kept[inner])
    if "fields" in kept:
        kept["fields"] = [{**field, "type": _plain(field["type"])} for field in kept["fields"]]
    return kept


def form_of(schema: Json, others: Iterable[Json] = (), defaults: bool = False) -> Form:
    """Take a schema apart, with what it refers to in others; docs are left out, and unless wished for defaults."""
    named: dict[str, Json] = {}
    return Form(_apart(bare(whole(schema, others), logical=True, defaults=defaults), "", named), named)


def _apart(value: Json, around: str, named: dict[str, Json]) -> Json:
    if isinstance(value, str):
        return qualified(value, around)
    if isinstance(value, list):
        return [_apart(branch, around, named) for branch in value]
    if value["type"] in PRIMITIVES:
        keys = ("type", "logicalType", "precision", "scale")
        return {key: value[key] for key in keys if key in value} if "logicalType" in value else value["type"]
    if value["type"] in ("array", "map"):
        inner = "items" if value["type"] == "array" else "values"
        return {"type": value["type"], inner: _apart(value[inner], around, named)}
    name = full_name(value, around)
    keys = ("type", "aliases", "symbols", "default", "size", "logicalType", "precision", "scale")
    kept = {"name": name, "namespace": name.rpartition(".")[0], **{key: value[key] for key in keys if key in value}}
    named[name] = kept
    if "fields" in value:
        inside = kept["namespace"]
        kept["fields"] = [{**field, "type": _apart(field["type"], inside, named)} for field in value["fields"]]
    return name


def tidy_form(form: Form, told_apart: bool) -> Form:
    """Drop what nothing refers to, and from unions what they cannot hold."""
    named: dict[str, Json] = {}

    def tidy(value: Json) -> Json:
        if isinstance(value, str):
            if value in form.named and value not in named:
                named[value] = made = {**form.named[value]}
                if "fields" in made:
                    made["fields"] = [field_of(field) for field in made["fields"]]
            return value
        if isinstance(value, list):
            return _union([tidy(branch) for branch in value], form.named, told_apart)
        return {key: tidy(item) if key in ("items", "values") else item for key, item in value.items()}

    def field_of(field: Json) -> Json:
        """A map as a union's default may be meant as a record; fastavro gives it raw, so it would not tell."""
        made = {**field, "type": tidy(field["type"])}
        if isinstance(made["type"], list) and isinstance(made.get("default"), dict):
            del made["default"]
        return made

    return Form(tidy(form.root), named)


def _union(branches: list[Json], named: dict[str, Json], told_apart: bool) -> Json:
    kept: dict[str, Json] = {}
    for branch in branches:
        for each in branch if isinstance(branch, list) else [branch]:
            kind = each if isinstance(each, str) else each["type"]
            key = _FAMILIES.get(kind, kind.rpartition(".")[2] if kind in named else kind) if told_apart else kind
            kept.setdefault(key, each)
    return list(kept.values()) or "null"
