"""Avro schemas as plain JSON, for the oracle: names spelled out and many documents made one.

Independent of avow on purpose: it must not repeat a mistake of what it checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Json = Any

PRIMITIVES = frozenset({"null", "boolean", "int", "long", "float", "double", "bytes", "string"})
NAMED = frozenset({"record", "error", "enum", "fixed"})
LOGICAL_KEYS = ("logicalType", "precision", "scale")


class Definition(NamedTuple):
    """A named type as it stands in its document, and the namespace around it."""

    value: dict[str, Json]
    around: str


def full_name(value: dict[str, Json], around: str) -> str:
    """Return the full name of a definition."""
    name: str = value["name"]
    namespace = value.get("namespace", around)
    return name if "." in name or not namespace else f"{namespace}.{name}"


def qualified(name: str, around: str) -> str:
    """Return the full name that a reference means."""
    return name if name in PRIMITIVES or "." in name or not around else f"{around}.{name}"


def namespace_of(name: str) -> str:
    return name.rpartition(".")[0]


def definitions(value: Json, around: str = "") -> dict[str, Definition]:
    """Return the named types that a schema defines, the first where one is defined twice."""
    found: dict[str, Definition] = {}
    _collect(value, around, found)
    return found


def _collect(value: Json, around: str, found: dict[str, Definition]) -> None:
    if isinstance(value, list):
        for branch in value:
            _collect(branch, around, found)
    elif isinstance(value, dict):
        if _is_definition(value):
            name = full_name(value, around)
            found.setdefault(name, Definition(value, around))
            around = namespace_of(name)
            for field in _fields(value):
                _collect(field.get("type"), around, found)
        else:
            for inner in ("type", "items", "values"):
                _collect(value.get(inner), around, found)


def references(value: Json, around: str = "") -> Iterable[str]:
    """Yield the full name of every type that a schema names without defining it there."""
    if isinstance(value, str):
        if value not in PRIMITIVES:
            yield qualified(value, around)
    elif isinstance(value, list):
        for branch in value:
            yield from references(branch, around)
    elif isinstance(value, dict):
        if _is_definition(value):
            inner = namespace_of(full_name(value, around))
            for field in _fields(value):
                yield from references(field.get("type"), inner)
        elif value.get("type") in ("array", "map"):
            yield from references(value.get("items", value.get("values", "null")), around)
        else:
            yield from references(value.get("type", "null"), around)


def _fields(value: dict[str, Json]) -> list[dict[str, Json]]:
    fields = value.get("fields")
    return [field for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []


def _is_definition(value: dict[str, Json]) -> bool:
    kind = value.get("type")
    return isinstance(kind, str) and kind in NAMED and isinstance(value.get("name"), str)


def inline(value: Json, known: Mapping[str, Definition]) -> Json:
    """Return a schema that needs no other: each name of `known` is spelled out where it first occurs.

    Names are full; what defines a name anew in another way stays, so that a reader of the result can object.
    A name that nobody defines is left.
    """
    return _Inliner(known).schema(value, "")


class _Inliner:
    def __init__(self, known: Mapping[str, Definition]) -> None:
        self._known = known
        self._seen: set[str] = set()

    def schema(self, value: Json, around: str) -> Json:
        if isinstance(value, str):
            return self._reference(qualified(value, around))
        if isinstance(value, list):
            return [self.schema(branch, around) for branch in value]
        if not isinstance(value, dict):
            return value
        if _is_definition(value):
            return self._definition(value, around)
        kind = value.get("type")
        if kind in ("array", "map"):
            inner = "items" if kind == "array" else "values"
            return {**value, inner: self.schema(value.get(inner), around)}
        return value if isinstance(kind, str) and kind in PRIMITIVES else self.schema(kind, around)

    def _reference(self, name: str) -> Json:
        if name in PRIMITIVES or name in self._seen or name not in self._known:
            return name
        return self._spelled(*self._known[name])

    def _definition(self, value: dict[str, Json], around: str) -> Json:
        name = full_name(value, around)
        if name in self._seen and (known := self._known.get(name)) and known.value == value:
            return name  # spelled out before, where it was first named; or defined twice in one way
        return self._spelled(value, around)

    def _spelled(self, value: dict[str, Json], around: str) -> Json:
        name = full_name(value, around)
        self._seen.add(name)
        spelled = {**value, "name": name, "namespace": namespace_of(name)}
        if "fields" in value:
            spelled["fields"] = [self._field(field, namespace_of(name)) for field in value["fields"]]
        return spelled

    def _field(self, field: Json, around: str) -> Json:
        if not isinstance(field, dict) or "type" not in field:
            return field
        return {**field, "type": self.schema(field["type"], around)}


def whole(value: Json, others: Iterable[Json] = ()) -> Json:
    """Return a schema with all it refers to, in itself (forward references too) or in other documents."""
    known = definitions(value)
    for other in others:
        known = {**definitions(other), **known}
    return inline(value, known)


def bare(schema: Json, logical: bool = False, defaults: bool = False) -> Json:
    """Return an inlined schema without docs, and unless wished for without logical types and defaults."""
    if isinstance(schema, list):
        return [bare(branch, logical, defaults) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    dropped = ("doc", *(() if logical and _fits(schema) else LOGICAL_KEYS))
    kept = {key: item for key, item in schema.items() if key not in dropped}
    for inner in ("items", "values"):
        if inner in kept:
            kept[inner] = bare(kept[inner], logical, defaults)
    if "fields" in kept:
        kept["fields"] = [_bare_field(field, logical, defaults) for field in kept["fields"]]
    return kept


def _fits(schema: dict[str, Json]) -> bool:
    """Return whether a decimal is one; fastavro objects to those that are not, instead of ignoring them."""
    precision, scale = schema.get("precision"), schema.get("scale", 0)
    if schema.get("logicalType") != "decimal":
        return True
    if not isinstance(precision, int) or not isinstance(scale, int) or not 0 <= scale <= precision > 0:
        return False
    return schema["type"] == "bytes" or bool(10**precision <= 1 << 8 * schema.get("size", 1) - 1)


def _bare_field(field: dict[str, Json], logical: bool, defaults: bool) -> dict[str, Json]:
    keys = ("name", "aliases", "default") if defaults else ("name", "aliases")
    kept = {key: field[key] for key in keys if key in field}
    return {**kept, "type": bare(field["type"], logical, defaults)}
