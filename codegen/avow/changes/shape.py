"""What a type is at the top, whatever is inside of it: optional types, and unions that are a choice."""

from __future__ import annotations

from avow.runtime.schema import Type, Union, branch_name


def shape(type_: Type) -> tuple[bool, tuple[str, ...]]:
    """Return whether a type is a union, and the names of its branches, or its own."""
    return isinstance(type_, Union), tuple(branch_name(branch) for branch in branches(type_))


def branches(type_: Type) -> tuple[Type, ...]:
    """Return the branches of a union; any other type is its only one."""
    return type_.branches if isinstance(type_, Union) else (type_,)


def core(type_: Type) -> Type:
    """Return what an optional type is where it is not null; any other type as it is."""
    if isinstance(type_, Union) and len(type_.branches) == 2:
        rest = [branch for branch in type_.branches if branch.kind != "null"]
        return rest[0] if len(rest) == 1 else type_
    return type_


def is_choice(type_: Type) -> bool:
    """Return whether a type is a union of anything but null and one other type."""
    return isinstance(core(type_), Union)
