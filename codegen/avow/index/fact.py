"""What the index holds: facts about who does what with which field, and edges of the flow of events."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from msgspec import Struct

Kind: TypeAlias = Literal["construct", "send", "handle", "read", "write", "escape", "maybe"]
"""What code does with a type or a field.

``construct`` a value is built, ``send`` it is given to what publishes it, ``handle`` it comes in here, ``read`` and
``write`` a field is. ``escape``: the value goes where it cannot be followed, so each field of it may be read there.
``maybe``: a field of that name is accessed on something whose type is not known.
"""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

WHOLE: Final = "*"
"""Stands for the field where a fact is about the whole value, and for the type where it is about every type."""

UNREAD: Final = "cannot be read"
"""Begins the reason of an escape of everything, where a file is not Python or cannot be read."""

MODULE: Final = "<module>"
"""The function of code at the top of a module, as tracebacks have it."""


class Fact(Struct, frozen=True, order=True, array_like=True):
    """One thing that a line of code does. Facts are ordered by type, field, kind and place."""

    type: str
    """Full name of the type that declares the field."""
    field: str
    """The field's name in the schema."""
    kind: Kind
    service: str
    file: str
    """Posix path relative to the project root."""
    function: str
    """Qualified name within the module."""
    reason: str = ""
    """Of an escape: where the value goes. Of a maybe: why the type is not known."""
    via: str = ""
    """The field that the value was taken from, as ``full.Name.field``, where that is known."""
    line: int = 0
    """1-based; 0 where it is not known, as in the committed files."""


class Edge(Struct, frozen=True, order=True, array_like=True):
    """In a service, handling one contract leads to sending another."""

    source: str
    """Full name of the contract that is handled."""
    target: str
    """Full name of the contract that is sent."""
    service: str
    file: str
    """Of the handler."""
    function: str
    """The handler."""
