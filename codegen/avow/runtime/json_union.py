"""How the branches of a union stand in plain JSON, so that reading is never ambiguous."""

from __future__ import annotations

from enum import Enum
from typing import Final

from .schema import Array, Fixed, Map, Primitive, Record, Type, Union

_PRIMITIVES: Final = {
    "null": "null",
    "boolean": "boolean",
    "int": "number",
    "long": "number",
    "float": "number string",
    "double": "number string",
    "bytes": "string",
    "string": "string",
}
"""JSON's types of values by primitive: NaN and the infinities are strings."""

_NANOS: Final = ("timestamp-nanos", "local-timestamp-nanos")


class Form(Enum):
    """How a value of a branch is written."""

    PLAIN = "as it is"
    WRAPPED = "in an object whose only key is the branch's name"
    TAGGED = "with the record's full name under $type"


def shapes(type_: Type) -> frozenset[str]:
    """Return JSON's types of the values of a type that is no union."""
    if isinstance(type_, (Record, Map)):
        return frozenset({"object"})
    if isinstance(type_, Array):
        return frozenset({"array"})
    if isinstance(type_, (Primitive, Fixed)):
        return _leaf_shapes(type_)
    return frozenset({"string"})


def _leaf_shapes(type_: Primitive | Fixed) -> frozenset[str]:
    logical = type_.logical
    if logical is not None and logical.name not in _NANOS:
        return frozenset({"object" if logical.name == "duration" else "string"})
    return frozenset({"string"} if isinstance(type_, Fixed) else _PRIMITIVES[type_.kind].split())


def forms(union: Union) -> tuple[Form, ...]:
    """Return the form of each branch.

    Branches that share a JSON type coincide: records among them are tagged, others wrapped. Where any
    branch is, every branch that is an object is too: else a map could look like a wrapper.
    """
    own = [shapes(branch) for branch in union.branches]
    coinciding = [any(shape & other for at, other in enumerate(own) if at != index) for index, shape in enumerate(own)]
    marked = [coincides or (any(coinciding) and "object" in own[at]) for at, coincides in enumerate(coinciding)]
    return tuple(_form(branch, is_marked) for branch, is_marked in zip(union.branches, marked, strict=True))


def _form(branch: Type, is_marked: bool) -> Form:
    if not is_marked:
        return Form.PLAIN
    return Form.TAGGED if isinstance(branch, Record) else Form.WRAPPED
