"""What the JSON of a schema file says by itself, without the files that it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from avow.runtime.declare import NAMED_KINDS
from avow.runtime.names import full_name, is_full_name
from avow.runtime.schema import PRIMITIVES, Json, Path, namespace_of


class Node(Struct, frozen=True):
    """A place in a schema's JSON that means something to Avro."""

    shape: Literal["object", "field", "union", "name"]
    """An object that is a type, a field of a record, an array that is a union, or a name that is a type."""
    value: Json
    at: Path
    around: str
    """The namespace around it; inside of a named type, that of the type."""


class Facts(Struct, frozen=True):
    """What of a file matters to other files."""

    definitions: frozenset[str]
    """Full names of the types that it defines, nested ones included."""
    references: frozenset[str]
    """Full names that it refers to, its own among them; whether they exist is another question."""


def facts(value: Json) -> Facts:
    """Return the full names that the JSON of one schema file defines and refers to.

    They depend on nothing but this file, so they can be kept until it changes. What Avro refuses is passed
    over: the parser reports it.
    """
    defined: set[str] = set()
    referred: set[str] = set()
    for node in walk(value):
        if node.shape == "name":
            referred.add(full_name(node.value, node.around))
        elif node.shape == "object" and (name := defined_name(node.value, node.around)):
            defined.add(name)
    return Facts(frozenset(defined), frozenset(referred))


def defined_name(value: dict[str, Json], around: str) -> str:
    """Return the full name of the type that an object defines; empty where it defines none, or a bad one."""
    kind, name, namespace = value.get("type"), value.get("name"), value.get("namespace")
    if not isinstance(kind, str) or kind not in NAMED_KINDS or not isinstance(name, str):
        return ""
    if not is_full_name(name):
        return ""
    valid = isinstance(namespace, str) and (not namespace or is_full_name(namespace))
    return full_name(name, str(namespace) if valid else around)


def walk(value: Json) -> Iterator[Node]:
    """Yield every node of a schema file's JSON; an array at the top lists schemas and is no union.

    Names of primitive types are left out. Memory is bounded by the size of the file, whatever its depth.
    """
    roots = enumerate(value) if isinstance(value, list) else [((), value)]
    waiting: list[tuple[Json, Path, str]] = [(root, at if isinstance(at, tuple) else (at,), "") for at, root in roots]
    waiting.reverse()
    while waiting:
        item, at, around = waiting.pop()
        if isinstance(item, str):
            if item not in PRIMITIVES:
                yield Node("name", item, at, around)
        elif isinstance(item, list):
            yield Node("union", item, at, around)
            waiting += [(item[n], (*at, n), around) for n in range(len(item) - 1, -1, -1)]
        elif isinstance(item, dict):
            yield Node("object", item, at, around)
            inner = namespace_of(name) if (name := defined_name(item, around)) else around
            fields = _fields(item, at)
            for field, where in fields:
                yield Node("field", field, where, inner)
            waiting += [(field.get("type"), (*where, "type"), inner) for field, where in reversed(fields)]
            waiting += _inside(item, at, around)


def _fields(item: dict[str, Json], at: Path) -> list[tuple[dict[str, Json], Path]]:
    fields = item.get("fields") if item.get("type") in ("record", "error") else None
    if not isinstance(fields, list):
        return []
    return [(field, (*at, "fields", n)) for n, field in enumerate(fields) if isinstance(field, dict)]


def _inside(item: dict[str, Json], at: Path, around: str) -> list[tuple[Json, Path, str]]:
    """Return the type that a nameless type is made of, or that is only wrapped in an object."""
    kind = item.get("type")
    if not isinstance(kind, str):
        return [(kind, (*at, "type"), around)]
    if kind in ("array", "map"):
        key = "items" if kind == "array" else "values"
        return [(item.get(key), (*at, key), around)]
    return [] if kind in NAMED_KINDS else [(kind, (*at, "type"), around)]


class Trail(Struct, frozen=True):
    """What encloses a place in a schema file."""

    around: str
    """The namespace that holds there."""
    names: tuple[str, ...]
    """From the outside in: `full.Name` of each type around it and `full.Name.field` of each field."""


def trail(value: Json, at: Path) -> Trail:
    """Return what encloses the place at a JSON path of a schema file's JSON."""
    around, owner, names = "", "", list[str]()
    for depth, step in enumerate((*at, None)):
        is_field = depth > 1 and at[depth - 2] == "fields" and isinstance(at[depth - 1], int)
        if is_field and isinstance(value, dict):
            names += [f"{owner}.{value.get('name')}"] if owner else []
        elif isinstance(value, dict) and (name := defined_name(value, around)):
            names.append(name)
            owner, around = name, namespace_of(name)
        value = _step(value, step)
    return Trail(around, tuple(names))


def at_path(value: Json, at: Path) -> Json:
    """Return the JSON at a path, or None where the path leads to nothing."""
    for step in at:
        value = _step(value, step)
    return value


def _step(value: Json, step: str | int | None) -> Json:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
