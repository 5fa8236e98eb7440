"""What the engine says of a pair of schemas: data, with everything that a message or a witness needs."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from avow.finding import Severity
from avow.runtime.schema import Field, Named, Type


class Branch(Struct, frozen=True):
    """A step into one branch of the writer's union."""

    index: int


class Inside(Struct, frozen=True):
    """A step into the items of an array or the values of a map."""

    kind: Literal["array", "map"]


Hop: TypeAlias = Field | Branch | Inside
"""One step through the writer's schema: into a field of its record, a branch, or a container."""


class Spot(Struct, frozen=True):
    """Where in one of the two schemas something stands.

    ``owner`` is the nearest named type around ``type`` (or that type itself), ``field`` the field of the owner
    on the way to it, None where it is about the named type as such. Schemas without names have no owner.
    """

    type: Type
    owner: Named | None = None
    field: Field | None = None


class Incompatibility(Struct, eq=False, frozen=True):
    """One thing that a reader cannot read as it was written, or reads as something else."""

    rule: str
    """Id of a row of `avow.rules.compat`."""
    severity: Severity
    path: str
    """The place in the writer's values: ``address.lines[].text``, ``labels{}``; empty for the whole value."""
    reason: str
    """What the writer says, what the reader says, why they don't go together; one sentence without full stop,
    which calls them "the writer" and "the reader"."""
    fix_reader: str
    """What to do where the reader's schema is the one that can be changed; a sentence."""
    fix_writer: str
    """What to do where the writer's schema is the one that can be changed; a sentence."""
    writer: Spot
    reader: Spot
    trail: tuple[Hop, ...]
    """The way from the writer's root to ``writer.type``."""
    writer_root: Type
    reader_root: Type
    subject: str = ""
    """What of the type it is about, where that is not all of it: the symbol of an enum, the name of a field."""
