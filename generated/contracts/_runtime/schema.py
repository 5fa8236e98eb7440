"""The model of an Avro schema: a graph of nodes in which named types are shared by reference.

Nodes compare by identity, so a recursive type is simply a cycle. Terms are those of the Avro 1.12
specification (https://avro.apache.org/docs/1.12.0/specification/).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, TypeAlias

from msgspec import Struct

Json: TypeAlias = Any
"""A value as a JSON parser gives it."""

Path: TypeAlias = tuple[str | int, ...]
"""The way from the root of a JSON document to a value in it."""


class _NoDefault:
    """The type of NO_DEFAULT, which tells "no default" from the default ``null``."""

    def __repr__(self) -> str:
        return "NO_DEFAULT"


NO_DEFAULT: Final = _NoDefault()

PRIMITIVES: Final = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
INT_MIN: Final = -(1 << 31)
INT_MAX: Final = (1 << 31) - 1
LONG_MIN: Final = -(1 << 63)
LONG_MAX: Final = (1 << 63) - 1
MAX_DEPTH: Final = 200
"""How many types may be nested in one another, in a schema and in a value."""


class Logical(Struct, frozen=True):
    """A logical type that fits the type it stands on; precision and scale are those of a decimal."""

    name: str
    precision: int = 0
    scale: int = 0


class Primitive(Struct, eq=False):
    """One of the eight primitive types."""

    kind: str
    logical: Logical | None = None


PLAIN: Final = {kind: Primitive(kind) for kind in PRIMITIVES}
"""The primitive types without logical type, one node each for all schemas."""


@lru_cache(maxsize=1024)
def primitive(kind: str, logical: Logical) -> Primitive:
    """Return a primitive type with a logical type, one node for all schemas as far as they are remembered."""
    return Primitive(kind, logical)


class Array(Struct, eq=False):
    """A sequence of items of one type."""

    items: Type
    kind: str = "array"


class Map(Struct, eq=False):
    """A mapping of strings to values of one type."""

    values: Type
    kind: str = "map"


class Union(Struct, eq=False):
    """A value of one of several types."""

    branches: tuple[Type, ...]
    kind: str = "union"


class Fixed(Struct, eq=False):
    """A named type of exactly ``size`` bytes."""

    name: str
    size: int
    logical: Logical | None = None
    aliases: tuple[str, ...] = ()
    doc: str = ""
    props: dict[str, Json] = {}
    at: Path = ()
    kind: str = "fixed"


class Enum(Struct, eq=False):
    """A named type whose values are symbols; an unknown symbol reads as ``default``, if there is one."""

    name: str
    symbols: tuple[str, ...]
    default: str | None = None
    aliases: tuple[str, ...] = ()
    doc: str = ""
    props: dict[str, Json] = {}
    at: Path = ()
    kind: str = "enum"


class Field(Struct, eq=False):
    """A field of a record; ``default`` is JSON as the schema has it, or NO_DEFAULT."""

    name: str
    type: Type
    default: Json = NO_DEFAULT
    aliases: tuple[str, ...] = ()
    doc: str = ""
    order: str = "ascending"
    props: dict[str, Json] = {}
    at: Path = ()


class Record(Struct, eq=False):
    """A named type with fields; an ``error`` is a record by another word."""

    name: str
    fields: tuple[Field, ...]
    aliases: tuple[str, ...] = ()
    doc: str = ""
    is_error: bool = False
    props: dict[str, Json] = {}
    at: Path = ()
    kind: str = "record"


Type: TypeAlias = Primitive | Array | Map | Union | Fixed | Enum | Record
Named: TypeAlias = Fixed | Enum | Record


def namespace_of(full_name: str) -> str:
    """Return the part of a full name before its last dot; empty where it has none."""
    return full_name.rpartition(".")[0]


def short_name(full_name: str) -> str:
    """Return the part of a full name after its last dot."""
    return full_name.rpartition(".")[2]


def branch_name(type_: Type) -> str:
    """Return the name by which Avro's JSON encoding tells a branch of a union from the others."""
    return type_.name if isinstance(type_, (Fixed, Enum, Record)) else type_.kind


def children(type_: Type) -> tuple[Type, ...]:
    """Return the types that a type directly consists of."""
    if isinstance(type_, (Primitive, Enum, Fixed)):
        return ()
    if isinstance(type_, Record):
        return tuple(field.type for field in type_.fields)
    if isinstance(type_, Union):
        return type_.branches
    return (type_.items,) if isinstance(type_, Array) else (type_.values,)


def named_types(root: Type) -> dict[str, Named]:
    """Return every named type that ``root`` reaches, itself included, in depth-first order."""
    found: dict[str, Named] = {}
    waiting: list[Type] = [root]
    while waiting:
        type_ = waiting.pop()
        if isinstance(type_, (Fixed, Enum, Record)):
            if type_.name in found:
                continue
            found[type_.name] = type_
        waiting.extend(reversed(children(type_)))
    return found
