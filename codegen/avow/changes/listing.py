"""What only one side has: a field, and the named types that came with it or went with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from avow.changes import attributes
from avow.changes.change import Place, Side
from avow.changes.shape import is_choice
from avow.changes.spelling import Spelling
from avow.changes.visit import Steps, Visit
from avow.runtime.schema import Array, Enum, Field, Fixed, Map, Named, Record, Type, Union

Known: TypeAlias = Callable[[Named, Place], "Steps | None"]


class Listing(Struct):
    """Lists what one side has and the other has not, each named type once."""

    side: Side
    spelling: Spelling
    known: Known
    """Returns what differs in a named type that the other side has too; None where it has no such type."""
    listed: set[str]

    def field(self, field: Field, place: Place) -> Steps:
        """Yield a field with all it says, and what is inside of its type."""
        said = {"type": self.spelling.type(field.type), **attributes.there(attributes.of_field(field))}
        yield place.change(*attributes.one_sided(self.side, "field", said))
        yield from self.type(field.type, place)

    def type(self, type_: Type, place: Place) -> Steps:
        """Yield what is inside of a type."""
        if isinstance(type_, Array):
            yield Visit(self.type(type_.items, place.inside("[]")))
        elif isinstance(type_, Map):
            yield Visit(self.type(type_.values, place.inside("{}")))
        elif isinstance(type_, Union):
            for branch in type_.branches:
                there = place.inside(self.spelling.mark(branch)) if is_choice(type_) else place
                yield Visit(self.type(branch, there))
        elif isinstance(type_, (Record, Enum, Fixed)):
            yield from self._named(type_, place.of(type_.name))

    def _named(self, type_: Named, place: Place) -> Steps:
        differing = self.known(type_, place)
        if differing is not None:
            yield from differing
        elif type_.name not in self.listed:
            self.listed.add(type_.name)
            yield Visit(self._whole(type_, place))

    def _whole(self, type_: Named, place: Place) -> Steps:
        if isinstance(type_, Record):
            for field in type_.fields:
                yield from self.field(field, place.of(type_.name, field.name))
        else:
            said = attributes.there(attributes.of_itself(type_))
            yield place.change(*attributes.one_sided(self.side, type_.kind, said))
