"""Values to plain JSON: compiled once a type into closures.

They refuse with ValueError and say little; the plain encoder, which accepts the same values, then says where
in the value what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .choose import Classes, choose, class_of, value_class
from .json_leaf import dump_leaf
from .json_union import Form, forms
from .limits import MAX_NESTING
from .schema import Array, Enum, Fixed, Json, Map, Primitive, Record, Type, Union, branch_name

Dump: TypeAlias = Callable[[Any, int], Json]
"""Takes a value and how many records are around it; raises ValueError."""


class Dumpers:
    """The closures for the types of one graph; those of a record are compiled when it is first met."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._records: dict[str, Dump] = {}

    def of(self, type_: Type) -> Dump:
        """Return the closure for a type."""
        if isinstance(type_, Record):
            if type_.name not in self._records:
                self._records[type_.name] = self._record(type_)
            return self._records[type_.name]
        if isinstance(type_, Union):
            return self._union(type_)
        if isinstance(type_, Array):
            return self._array(type_)
        if isinstance(type_, Map):
            return self._map(type_)
        return self._enum(type_) if isinstance(type_, Enum) else self._leaf(type_)

    def _leaf(self, type_: Primitive | Fixed) -> Dump:
        wanted, convert = class_of(type_, self._classes), dump_leaf(type_)

        def dump(value: Any, depth: int) -> Json:
            if type(value) is not wanted:
                found = value_class(value)
                if found is not wanted and not (found is int and wanted is float):
                    raise ValueError("a value of another class")
            return convert(value)

        return dump

    def _enum(self, enum: Enum) -> Dump:
        wanted = self._classes(enum.name)

        def dump(value: Any, depth: int) -> Json:
            if type(value) is not wanted:
                raise ValueError("a value of another class")
            return value.value

        return dump

    def _array(self, array: Array) -> Dump:
        item = self.of(array.items)

        def dump(value: Any, depth: int) -> Json:
            if value_class(value) is not list:
                raise ValueError("a value of another class")
            return [item(each, depth) for each in value]

        return dump

    def _map(self, map_: Map) -> Dump:
        item = self.of(map_.values)

        def dump(value: Any, depth: int) -> Json:
            if value_class(value) is not dict:
                raise ValueError("a value of another class")
            if not all(isinstance(key, str) for key in value):
                raise ValueError("a key that is no string")
            return {str.__str__(key): item(each, depth) for key, each in value.items()}

        return dump

    def _record(self, record: Record) -> Dump:
        wanted: Any = None
        rows: list[tuple[str, str, Dump]] = []

        def dump(value: Any, depth: int) -> Json:
            nonlocal wanted, rows
            if wanted is None:
                rows = self._rows(record)
                wanted = self._classes(record.name)
            if type(value) is not wanted:
                raise ValueError("a value of another class")
            if depth >= MAX_NESTING:
                raise ValueError("records nested too deeply")
            return {name: one(getattr(value, attribute), depth + 1) for name, attribute, one in rows}

        return dump

    def _rows(self, record: Record) -> list[tuple[str, str, Dump]]:
        """Return for each field its wire name, its attribute and the closure for its type."""
        class_ = self._classes(record.name)
        attributes = dict(zip(class_.__struct_encode_fields__, class_.__struct_fields__, strict=True))
        return [(field.name, attributes[field.name], self.of(field.type)) for field in record.fields]

    def _union(self, union: Union) -> Dump:
        branches = [self._branch(*pair) for pair in zip(union.branches, forms(union), strict=True)]
        known: dict[type, Dump] = {}
        """Branches by class, where the class alone decides."""

        def dump(value: Any, depth: int) -> Json:
            one = known.get(type(value))
            if one is None:
                index = choose(union, value, self._classes)
                if index is None:
                    raise ValueError("a value that fits no branch")
                one = branches[index]
                if _is_decided_by_class(union.branches[index]):
                    known[type(value)] = one
            return one(value, depth)

        return dump

    def _branch(self, branch: Type, form: Form) -> Dump:
        one, name = self.of(branch), branch_name(branch)
        if form is Form.WRAPPED:
            return lambda value, depth: {name: one(value, depth)}
        if form is Form.TAGGED:
            return lambda value, depth: {"$type": name, **one(value, depth)}
        return one


def _is_decided_by_class(branch: Type) -> bool:
    if isinstance(branch, Primitive):
        return branch.logical is None and branch.kind in ("null", "boolean", "string")
    return not isinstance(branch, Fixed)
