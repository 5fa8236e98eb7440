"""Parsing Canonical Form, fingerprints, and self-contained schema text.

Source: Avro specification, "Transforming into Parsing Canonical Form" and "Schema Fingerprints".
"""

from __future__ import annotations

import json
import struct
from functools import cache
from typing import Final

from .schema import (
    NO_DEFAULT,
    Array,
    Enum,
    Field,
    Fixed,
    Json,
    Logical,
    Map,
    Primitive,
    Type,
    Union,
    namespace_of,
)

_EMPTY: Final = 0xC15D213AA4D7A795


def canonical_form(type_: Type) -> str:
    """Return the Parsing Canonical Form: what of a schema decides how bytes are read, in one spelling."""
    return _canonical(type_, set())


def _canonical(type_: Type, seen: set[str]) -> str:
    if isinstance(type_, Primitive):
        return f'"{type_.kind}"'
    if isinstance(type_, Union):
        return f"[{','.join([_canonical(branch, seen) for branch in type_.branches])}]"
    if isinstance(type_, Array):
        return f'{{"type":"array","items":{_canonical(type_.items, seen)}}}'
    if isinstance(type_, Map):
        return f'{{"type":"map","values":{_canonical(type_.values, seen)}}}'
    if type_.name in seen:
        return f'"{type_.name}"'
    seen.add(type_.name)
    start = f'{{"name":"{type_.name}","type":"{type_.kind}"'
    if isinstance(type_, Enum):
        return f"""{start},"symbols":[{",".join([f'"{symbol}"' for symbol in type_.symbols])}]}}"""
    if isinstance(type_, Fixed):
        return f'{start},"size":{type_.size}}}'
    fields = [f'{{"name":"{field.name}","type":{_canonical(field.type, seen)}}}' for field in type_.fields]
    return f'{start},"fields":[{",".join(fields)}]}}'


def fingerprint(canonical: str) -> int:
    """Return the 64-bit Rabin fingerprint (CRC-64-AVRO) of a canonical form, as an unsigned number."""
    first, *more = _tables()
    second, third, fourth, fifth, sixth, seventh, eighth = more
    data = canonical.encode()
    value = _EMPTY
    whole = len(data) & ~7
    for word in struct.unpack(f"<{whole >> 3}Q", data[:whole]):  # slice-by-8: eight look-ups for eight bytes
        value ^= word
        value = (
            eighth[value & 255]
            ^ seventh[value >> 8 & 255]
            ^ sixth[value >> 16 & 255]
            ^ fifth[value >> 24 & 255]
            ^ fourth[value >> 32 & 255]
            ^ third[value >> 40 & 255]
            ^ second[value >> 48 & 255]
            ^ first[value >> 56]
        )
    for byte in data[whole:]:
        value = (value >> 8) ^ first[(value ^ byte) & 255]
    return value


@cache
def _tables() -> tuple[list[int], ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (_EMPTY & -(value & 1))
        table.append(value)
    tables = [table]
    for _ in range(7):
        tables.append([(value >> 8) ^ table[value & 255] for value in tables[-1]])
    return tuple(tables)


def schema_text(type_: Type) -> str:
    """Return a schema as JSON text that needs no other file, without docs: all that reading depends on."""
    return json.dumps(inlined(type_), ensure_ascii=False, separators=(",", ":"))


def inlined(type_: Type) -> Json:
    """Return a schema as JSON in which each named type is spelled out where it first occurs."""
    return _inlined(type_, "", set())


def _inlined(type_: Type, around: str, seen: set[str]) -> Json:
    if isinstance(type_, Primitive):
        return {"type": type_.kind, **_logical(type_.logical)} if type_.logical else type_.kind
    if isinstance(type_, Union):
        return [_inlined(branch, around, seen) for branch in type_.branches]
    if isinstance(type_, Array):
        return {"type": "array", "items": _inlined(type_.items, around, seen)}
    if isinstance(type_, Map):
        return {"type": "map", "values": _inlined(type_.values, around, seen)}
    if type_.name in seen:
        return type_.name
    seen.add(type_.name)
    text: dict[str, Json] = {"type": type_.kind, "name": type_.name}
    inner = namespace_of(type_.name)
    if around and not inner:  # or it would take the namespace around it
        text["namespace"] = ""
    if type_.aliases:
        text["aliases"] = list(type_.aliases)
    if isinstance(type_, Enum):
        default = {} if type_.default is None else {"default": type_.default}
        return {**text, "symbols": list(type_.symbols), **default}
    if isinstance(type_, Fixed):
        return {**text, "size": type_.size, **(_logical(type_.logical) if type_.logical else {})}
    return {**text, "fields": [_inlined_field(field, inner, seen) for field in type_.fields]}


def _inlined_field(field: Field, around: str, seen: set[str]) -> Json:
    text: dict[str, Json] = {"name": field.name, "type": _inlined(field.type, around, seen)}
    if field.default is not NO_DEFAULT:
        text["default"] = field.default
    if field.aliases:
        text["aliases"] = list(field.aliases)
    return text


def _logical(logical: Logical) -> dict[str, Json]:
    if logical.name != "decimal":
        return {"logicalType": logical.name}
    return {"logicalType": "decimal", "precision": logical.precision, "scale": logical.scale}
