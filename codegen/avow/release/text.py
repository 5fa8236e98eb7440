"""The text of a frozen version: the contract with all that it refers to, docs included, in the one layout."""

from __future__ import annotations

import json
from collections.abc import Mapping

from avow.fmt.layout import format_text
from avow.runtime.canonical import inlined
from avow.runtime.schema import Enum, Field, Fixed, Json, Named, Record, named_types

_ELSEWHERE = ("contract", "except")
"""Attributes that are no part of the frozen schema: versions.json has the one, the other is about today's."""


def frozen_text(contract: Record) -> str:
    """Return the text of an .avsc file that says all of a contract and needs no other file."""
    return format_text(json.dumps(_described(inlined(contract), named_types(contract)), ensure_ascii=False))


def _described(value: Json, types: Mapping[str, Named]) -> Json:
    """Add to inlined JSON what reading does not depend on."""
    if isinstance(value, list):
        return [_described(branch, types) for branch in value]
    if not isinstance(value, dict):
        return value
    inside = {key: _described(value[key], types) for key in ("items", "values") if key in value}
    type_ = types.get(value.get("name", ""))
    if type_ is None:
        return value | inside
    if isinstance(type_, Record):
        pairs = zip(value["fields"], type_.fields, strict=True)
        inside["fields"] = [_field(text, field, types) for text, field in pairs]
    return value | inside | _more(type_)


def _field(text: dict[str, Json], field: Field, types: Mapping[str, Named]) -> Json:
    order = {"order": field.order} if field.order != "ascending" else {}
    return text | {"type": _described(text["type"], types)} | order | _more(field)


def _more(described: Record | Enum | Fixed | Field) -> dict[str, Json]:
    doc = {"doc": described.doc} if described.doc else {}
    return doc | {key: value for key, value in described.props.items() if key not in _ELSEWHERE}
