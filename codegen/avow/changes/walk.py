"""The walk over two schemas at once: each place that both have, and what differs there.

A pair of named types is gone into once, on the first way to it; where it is met again, a change says where its
changes are listed. So recursion ends, and what has changed in a shared type is shown once.
"""

from __future__ import annotations

from collections.abc import Iterator

from avow.changes import attributes, matching, visit
from avow.changes.change import Change, Place
from avow.changes.listing import Listing
from avow.changes.shape import branches, core, is_choice, shape
from avow.changes.spelling import Spelling
from avow.changes.visit import Pair, Steps, Visit
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
    branch_name,
    named_types,
)


def changes(old: Type, new: Type) -> Iterator[Change]:
    """Yield what differs between two schemas, in the order of the new one's fields; nothing where they say the same.

    The layout of files, exceptions from rules, and attributes that the model does not keep are no part of it.
    """
    changed: set[Pair] = set()
    return visit.changes(_Walk(old, new, changed).steps(), changed)


class _Walk:
    """One comparison of two schemas."""

    def __init__(self, old: Type, new: Type, changed: set[Pair]) -> None:
        self.roots = (old, new)
        self.changed = changed
        """The pairs that are done, and in which there was a change."""
        self.spelling = Spelling(old, new)
        self.old, self.new = named_types(old), named_types(new)
        self.gone = Listing("removed", self.spelling, self._still_known, set())
        self.come = Listing("added", self.spelling, self._known_before, set())
        self.partners: dict[str, str] = {}
        """New name -> the other name that it is taken to have had."""
        self.met: dict[Pair, str] = {}
        """The path at which a pair was first met."""

    def steps(self) -> Steps:
        """Yield all changes, and what is to be visited for more."""
        yield from self._types(*self.roots, Place())

    # types

    def _types(self, old: Type, new: Type, place: Place) -> Steps:
        if shape(old) == shape(new):
            yield from self._logical(core(old), core(new), place)
        elif not (is_choice(old) and is_choice(new)):
            yield place.change("changed", "type", self.spelling.type(old), self.spelling.type(new))
        if is_choice(old) or is_choice(new):
            yield from self._choices(old, new, place)
        else:
            yield from self._plain(core(old), core(new), place)

    def _logical(self, old: Type, new: Type, place: Place) -> Steps:
        if isinstance(old, Primitive) and isinstance(new, Primitive):
            before, after = attributes.of_logical(old.logical), attributes.of_logical(new.logical)
            for each in attributes.differences(before, after):
                yield place.change(*each)

    def _plain(self, old: Type, new: Type, place: Place) -> Steps:
        """Go into two types that are no unions. Where their names or kinds differ, that is said already."""
        if self._go_together(old, new):
            yield from self._inside(old, new, place)
            return
        if branch_name(old) == branch_name(new):
            name = branch_name(new)
            yield place.change("changed", "type", f"{old.kind} {name}", f"{new.kind} {name}")
        yield from self.gone.type(old, place)
        yield from self.come.type(new, place)

    def _inside(self, old: Type, new: Type, place: Place) -> Steps:
        if isinstance(old, Array) and isinstance(new, Array):
            yield Visit(self._types(old.items, new.items, place.inside("[]")))
        elif isinstance(old, Map) and isinstance(new, Map):
            yield Visit(self._types(old.values, new.values, place.inside("{}")))
        elif isinstance(old, (Record, Enum, Fixed)) and isinstance(new, (Record, Enum, Fixed)):
            yield from self._pair(old, new, place.of(new.name))

    def _go_together(self, old: Type, new: Type) -> bool:
        """Return whether what differs inside of two types says anything.

        A type that is there on one side only, and stands where another one stood, is taken for that one, renamed.
        Each has one such partner, which bounds the work.
        """
        if old.kind != new.kind:
            return False
        if not isinstance(old, (Record, Enum, Fixed)) or not isinstance(new, (Record, Enum, Fixed)):
            return True
        if old.name == new.name:
            return True
        is_replaced = old.name not in self.new and new.name not in self.old
        may_be = is_replaced or matching.go_together(old, new)
        return may_be and self.partners.setdefault(new.name, old.name) == old.name

    def _choices(self, old: Type, new: Type, place: Place) -> Steps:
        """Go into types of which at least one is a choice."""
        found = matching.branches(branches(old), branches(new))
        if is_choice(old) and is_choice(new):
            names = {branch_name(before): self.spelling.branch(after) for before, after in found.pairs}
            before = [names.get(branch_name(branch), self.spelling.branch(branch)) for branch in branches(old)]
            for each in attributes.lists("branches", before, [self.spelling.branch(each) for each in branches(new)]):
                yield place.change(*each)
        for gone in found.gone:
            yield from self.gone.type(gone, place.inside(self.spelling.mark(gone)))
        for come in found.come:
            yield from self.come.type(come, place.inside(self.spelling.mark(come)))
        for was, branch in found.pairs:
            yield from self._types(was, branch, place.inside(self.spelling.mark(branch)))

    # named types

    def _known_before(self, new: Named, place: Place) -> Steps | None:
        """Go into a type that came to a place, and was somewhere else before."""
        old = self.old.get(new.name)
        return self._pair(old, new, place) if old is not None and old.kind == new.kind else None

    def _still_known(self, old: Named, place: Place) -> Steps | None:
        """Leave out a type that went from a place and is somewhere else: what differs in it is shown there."""
        new = self.new.get(old.name)
        return iter(()) if new is not None and new.kind == old.kind else None

    def _pair(self, old: Named, new: Named, place: Place) -> Steps:
        pair = (old.name, new.name)
        if pair in self.changed:
            yield place.change("changed", "type", like=self.met[pair])
        if pair not in self.met:
            self.met[pair] = ".".join(place.at)
            yield Visit(self._named(old, new, place), pair)

    def _named(self, old: Named, new: Named, place: Place) -> Steps:
        implied = () if old.name == new.name else (old.name, new.name)
        for each in attributes.differences(attributes.of_named(old), attributes.of_named(new), implied):
            yield place.change(*each)
        if isinstance(old, Record) and isinstance(new, Record):
            yield from self._fields(old, new, place)

    def _fields(self, old: Record, new: Record, place: Place) -> Steps:
        fields = matching.fields(old, new)
        names = {was.name: field.name for was, field in fields if was and field}
        before = [names[field.name] for field in old.fields if field.name in names]
        for each in attributes.lists("fields", before, [field.name for was, field in fields if was and field]):
            yield place.change(*each)
        for was, field in fields:
            if was and field:
                yield from self._field(was, field, place.of(new.name, field.name))
            elif field:
                yield from self.come.field(field, place.of(new.name, field.name))
            elif was:
                yield from self.gone.field(was, place.of(old.name, was.name))

    def _field(self, old: Field, new: Field, place: Place) -> Steps:
        implied: tuple[str, ...] = ()
        if old.name != new.name:
            implied = (old.name, new.name)
            yield place.change("changed", "name", old.name, new.name)
        yield from self._types(old.type, new.type, place)
        for each in attributes.differences(attributes.of_field(old), attributes.of_field(new), implied):
            yield place.change(*each)
