"""What differs between two states of a contract: data only."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from avow.runtime.schema import Json

Kind: TypeAlias = Literal["added", "removed", "changed"]
Side: TypeAlias = Literal["added", "removed"]
NOTHING = UNSET
"""Stands for what is not there, which ``null`` does not."""


class Change(Struct, frozen=True, kw_only=True):
    """One thing that is there on one side only, or is another on the other side."""

    kind: Kind
    what: str
    """What of the place it is about: `field`, or an `enum` or a `fixed` that came or went with one; `type`, `default`,
    `doc`, `symbols`, `order of fields`, ...; `contract.channel`, `sensitive.readers`, and in quotes what others add."""
    at: tuple[str, ...] = ()
    """The way to the place in the values, by fields: `address`, `lines[]` for the items of an array, `labels{}` for the
    values of a map, `payment(Card)` for a branch of a union; empty for the whole. Of a field that was renamed, the
    new name; of what was removed, the old one."""
    owner: str = ""
    """Full name of the named type that says it: the record of a field, else the type itself."""
    field: str = ""
    """The field of the owner that it is about; empty where it is about the owner as such."""
    before: Json | UnsetType = NOTHING
    """What was: JSON as the schema has it, a type as its short spelling; of what went, an object of all it said."""
    after: Json | UnsetType = NOTHING
    """What is."""
    like: str = ""
    """Where a type is met again that has changed: the path at which its changes are listed."""

    @property
    def path(self) -> str:
        """The place as one word: `address.lines[].text`; empty for the whole."""
        return ".".join(self.at)


class Place(Struct, frozen=True):
    """A place on both sides, as a change says it."""

    at: tuple[str, ...] = ()
    owner: str = ""
    field: str = ""

    def inside(self, mark: str) -> Place:
        """Return the place of items, values or one branch."""
        last = self.at[-1] if self.at else ""
        return Place((*self.at[:-1], f"{last}{mark}"), self.owner, self.field)

    def of(self, owner: str, field: str = "") -> Place:
        """Return this place as seen by a named type that stands there, or that of one of its fields."""
        return Place((*self.at, field) if field else self.at, owner, field)

    def change(
        self,
        kind: Kind,
        what: str,
        before: Json | UnsetType = NOTHING,
        after: Json | UnsetType = NOTHING,
        *,
        like: str = "",
    ) -> Change:
        """Return a change here."""
        return Change(
            kind=kind,
            what=what,
            at=self.at,
            owner=self.owner,
            field=self.field,
            before=before,
            after=after,
            like=like,
        )
