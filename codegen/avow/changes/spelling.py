"""Types in a few readable characters: `decimal(12, 2)`, `string?`, `array<Item>`, `Card | Transfer`."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Final

from avow.runtime.schema import (
    PRIMITIVES,
    Array,
    Enum,
    Fixed,
    Logical,
    Map,
    Named,
    Primitive,
    Record,
    Type,
    Union,
    named_types,
    short_name,
)

_WORDS: Final = {*PRIMITIVES, "array", "map", "union", "date", "decimal", "duration", "uuid"}


class Spelling:
    """Spells the types of two schemas; two that differ at the top are never spelled alike."""

    def __init__(self, old: Type, new: Type) -> None:
        self._roots = (old, new)

    def type(self, type_: Type) -> str:
        """Return a type as people write it; named types by short name where that says which."""
        if isinstance(type_, Primitive):
            return logical(type_.logical) if type_.logical else type_.kind
        if isinstance(type_, Array):
            return f"array<{self.type(type_.items)}>"
        if isinstance(type_, Map):
            return f"map<{self.type(type_.values)}>"
        if isinstance(type_, Union):
            return self._union(type_)
        return self.name(type_)

    def _union(self, union: Union) -> str:
        """A question mark stands for null in front; null behind is another union, and is spelled out."""
        spelled = [self.type(branch) for branch in union.branches]
        if len(spelled) == 2 and spelled[0] == "null":
            return f"{spelled[1]}?"
        return " | ".join(spelled) if len(spelled) > 1 else f"union<{''.join(spelled)}>"

    def name(self, type_: Named) -> str:
        """Return the name of a named type, no longer than it has to be."""
        short = short_name(type_.name)
        if self._shorts[short] == 1 and short not in _WORDS:
            return short
        return type_.name if "." in type_.name else f"{type_.kind} {type_.name}"

    def branch(self, type_: Type) -> str:
        """Return the name that a branch of a union goes by."""
        return self.name(type_) if isinstance(type_, (Record, Enum, Fixed)) else type_.kind

    def mark(self, branch: Type) -> str:
        """Return what a path says of one branch of a union."""
        return f"({self.branch(branch)})"

    @cached_property
    def _shorts(self) -> Counter[str]:
        old, new = self._roots
        return Counter(short_name(name) for name in {*named_types(old), *named_types(new)})


def logical(type_: Logical) -> str:
    """Return a logical type as people write it."""
    return f"decimal({type_.precision}, {type_.scale})" if type_.name == "decimal" else type_.name
