"""Short ways to write schemas as JSON."""

from __future__ import annotations

from typing import Any

Json = Any
Files = list[tuple[str, Json]]
"""Schemas with the path of the file that each stands in."""


def record(name: str, *fields: Json, **more: Json) -> Json:
    """Return a record; a field is a (name, type) or (name, type, default) tuple, or JSON as it is."""
    return {"type": "record", "name": name, **more, "fields": [field(each) for each in fields]}


def field(each: Json) -> Json:
    if isinstance(each, dict):
        return each
    return {"name": each[0], "type": each[1], **({"default": each[2]} if len(each) > 2 else {})}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def map_(values: Json) -> Json:
    return {"type": "map", "values": values}


def enum(name: str, *symbols: str, **more: Json) -> Json:
    return {"type": "enum", "name": name, "symbols": list(symbols), **more}


def fixed(name: str, size: int, **more: Json) -> Json:
    return {"type": "fixed", "name": name, "size": size, **more}


def logical(kind: str, name: str, **more: Json) -> Json:
    return {"type": kind, "logicalType": name, **more}


def decimal(precision: int, scale: int = 0) -> Json:
    return logical("bytes", "decimal", precision=precision, scale=scale)


def optional(type_: Json) -> Json:
    return ["null", type_]


def files(*schemas: Json) -> Files:
    """Put each schema into a file whose path mirrors its full name."""
    return [(f"{schema['name'].replace('.', '/')}.avsc", schema) for schema in schemas]
