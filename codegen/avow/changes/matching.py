"""What of one schema has become what of another: fields of records, branches of unions, named types."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from avow.runtime.resolution import names_match
from avow.runtime.schema import Enum, Field, Fixed, Named, Record, Type, branch_name, short_name


def fields(old: Record, new: Record) -> list[tuple[Field | None, Field | None]]:
    """Return the fields of two records in the order of the new one; what is gone follows what it followed."""
    sources = _sources(old, new)
    kept = {source.name for source in sources.values()}
    gone: dict[str, list[Field]] = {}
    before = ""
    for field in old.fields:
        if field.name in kept:
            before = field.name
        else:
            gone.setdefault(before, []).append(field)
    found: list[tuple[Field | None, Field | None]] = [(field, None) for field in gone.get("", ())]
    for field in new.fields:
        source = sources.get(field.name)
        found.append((source, field))
        found += [(each, None) for each in gone.get(source.name, ())] if source else []
    return found


def _sources(old: Record, new: Record) -> dict[str, Field]:
    """Return the old field of each new one that has one, by the new name: that of its name, else by an alias.

    An alias counts in both directions, so that a way back shows a renaming too.
    """
    left = {field.name: field for field in old.fields}
    found = {field.name: left.pop(field.name) for field in new.fields if field.name in left}
    renamed = {alias: field.name for field in left.values() for alias in field.aliases}
    for field in new.fields:
        names = (*field.aliases, renamed.get(field.name, ""))
        name = next((name for name in names if name in left), "")
        if name and field.name not in found:
            found[field.name] = left.pop(name)
    return found


class Branches(Struct, frozen=True):
    """What has become of the branches of a union."""

    pairs: list[tuple[Type, Type]]
    """Old and new, in the order of the new ones."""
    gone: list[Type]
    come: list[Type]


def branches(old: Sequence[Type], new: Sequence[Type]) -> Branches:
    """Return which branches belong together: those of one name, then those that an alias or a short name joins."""
    left = {branch_name(branch): branch for branch in old}
    found = {branch_name(branch): left.pop(branch_name(branch)) for branch in new if branch_name(branch) in left}
    near = {alias: name for name, branch in left.items() for alias in (*_aliases(branch), short_name(name))}
    for branch in new:
        own = branch_name(branch)
        names = (*_aliases(branch), near.get(own, ""), near.get(short_name(own), ""))
        name = next((name for name in names if name in left and left[name].kind == branch.kind), "")
        if name and own not in found:
            found[own] = left.pop(name)
    pairs = [(found[branch_name(branch)], branch) for branch in new if branch_name(branch) in found]
    return Branches(pairs, list(left.values()), [branch for branch in new if branch_name(branch) not in found])


def _aliases(type_: Type) -> tuple[str, ...]:
    return type_.aliases if isinstance(type_, (Record, Enum, Fixed)) else ()


def go_together(old: Named, new: Named) -> bool:
    """Return whether the names of two types say that the one became the other, in either direction."""
    return names_match(old, new) or names_match(new, old)
