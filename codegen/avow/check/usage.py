"""What a check asks of who knows the services' code: whom a change hits, who goes first, what the code does wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from avow.changes.touched import Touched
from avow.finding import Finding, Use
from avow.load.tree import Tree
from avow.runtime.schema import Path, Type


class Misuse(Struct, frozen=True):
    """Something that the code does wrong, with what exceptions are made for."""

    finding: Finding
    at: Path | None
    """JSON path in the file of the finding; None where that is code."""
    about: str
    """Of code: the full name of the type that it is about."""


class Usage(Protocol):
    """Who uses what; `avow.impact` has it."""

    @property
    def mark(self) -> str:
        """Something that is another whenever an answer may be."""
        ...

    @property
    def files(self) -> Collection[str]:
        """The schema files that `misuses` needs."""
        ...

    def misuses(self, tree: Tree) -> Iterable[Misuse]:
        """Return what the code does wrong, in no order; ``tree`` has the files that it needs."""
        ...

    def uses(self, place: Touched) -> tuple[Use, ...]:
        """Return whom a change of a place hits, the surest first."""
        ...

    def rollout(self, contract: str, *, backward: bool, forward: bool, misses: bool) -> tuple[str, ...]:
        """Return which services take a change first, and why.

        Args:
            contract: Full name of what has changed.
            backward: Whether the new version reads what was written before.
            forward: Whether versions before read what is written now.
            misses: Whether something is gone that is or may be used.
        """
        ...


Ask: TypeAlias = Callable[[Sequence[Type]], Usage | None]
"""Finds out who uses what, fields included that older contracts have; None where there is nobody to be asked."""
