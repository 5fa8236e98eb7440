"""What a check yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from avow.runtime.schema import Path

if TYPE_CHECKING:
    from avow.lint.subject import Subject


class Hit(Struct, frozen=True):
    """Something that a rule forbids, at a JSON path; a line is worked out only if it is reported."""

    file: str
    at: Path
    message: str
    fix: str
    key: bool = False
    """Whether it is about the key at the end of the path and not about its value."""
    other: tuple[str, Path] | None = None
    """File and path of the second place of what has two."""


Check: TypeAlias = "Callable[[Subject], Iterator[Hit]]"
"""Looks through all of a project for what one rule forbids."""
