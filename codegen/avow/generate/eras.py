"""The shape of an era that has ended, as types of its own: the class that upcasters take.

The root is called like its contract and the era, such as ``AddressChangedEra1``, and what it is made of after that.
A type inside that is today what it was then stays today's.
"""

from __future__ import annotations

from collections.abc import Mapping

from avow.generate.spelling import free
from avow.runtime.canonical import schema_text
from avow.runtime.schema import (
    Array,
    Enum,
    Field,
    Fixed,
    Map,
    Named,
    Primitive,
    Record,
    Type,
    Union,
    named_types,
    short_name,
)


def era_types(frozen: Record, name: str, today: Mapping[str, Named]) -> dict[str, Named]:
    """Return the types of an era, by full name; the root comes first.

    Args:
        frozen: The last version of the era.
        name: Full name of the root.
        today: The types of the working tree.
    """
    renaming = _Renaming(frozen, name, today)
    renaming.named(frozen)
    return {type_.name: type_ for type_ in renaming.done.values()}


class _Renaming:
    def __init__(self, frozen: Record, name: str, today: Mapping[str, Named]) -> None:
        self.done: dict[str, Named] = {}
        self._kept = {
            type_.name: today[type_.name]
            for type_ in named_types(frozen).values()
            if type_ is not frozen and _is_same(type_, today.get(type_.name))
        }
        self._names = {frozen.name: name}
        for inner in sorted(named_types(frozen).keys() - self._kept.keys() - {frozen.name}):
            self._names[inner] = free(f"{name}{short_name(inner)}", {*self._names.values(), *today})

    def named(self, type_: Named) -> Named:
        if type_.name in self._kept:
            return self._kept[type_.name]
        if type_.name not in self.done:
            self._copy(type_)
        return self.done[type_.name]

    def _copy(self, type_: Named) -> None:
        name, aliases = self._names[type_.name], (type_.name, *type_.aliases)
        if isinstance(type_, Record):
            record = Record(name, (), aliases, type_.doc, props=type_.props)
            self.done[type_.name] = record  # ahead of its fields, which may lead back to it
            record.fields = tuple(self._field(field) for field in type_.fields)
        elif isinstance(type_, Enum):
            self.done[type_.name] = Enum(name, type_.symbols, type_.default, aliases, type_.doc)
        else:
            self.done[type_.name] = Fixed(name, type_.size, type_.logical, aliases, type_.doc)

    def _field(self, field: Field) -> Field:
        return Field(field.name, self._type(field.type), field.default, field.aliases, field.doc, props=field.props)

    def _type(self, type_: Type) -> Type:
        if isinstance(type_, Primitive):
            return type_
        if isinstance(type_, Array):
            return Array(self._type(type_.items))
        if isinstance(type_, Map):
            return Map(self._type(type_.values))
        if isinstance(type_, Union):
            return Union(tuple(self._type(branch) for branch in type_.branches))
        return self.named(type_)


def _is_same(old: Named, new: Named | None) -> bool:
    return new is not None and schema_text(old) == schema_text(new)
