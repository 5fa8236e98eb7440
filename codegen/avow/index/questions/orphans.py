"""Contracts that nobody sends or nobody reads, and commands that have no handler, or two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from avow.index.book import Book
from avow.index.code.files import is_test
from avow.index.fact import WHOLE, Fact

Lack: TypeAlias = Literal["not handled", "not sent", "handled twice"]


class Orphan(Struct, frozen=True):
    """A contract and what is the matter with it."""

    contract: str
    kind: str
    lack: Lack
    services: tuple[str, ...] = ()
    """Of what is handled twice: those that handle it. Of what is not sent: those that build it nonetheless."""
    is_unsure: bool = False
    """Whether code that cannot be followed may do what nobody is known to do."""


_TRAVELLING = ("event", "command", "query", "answer")


def orphans(book: Book) -> list[Orphan]:
    """Return the orphans among the contracts, by name. What is kept or handed over need not be sent."""
    unread = [fact for fact in book.of(WHOLE) if not is_test(fact.file)]
    return [
        orphan
        for name, row in book.catalogue.items()
        if row.kind in _TRAVELLING
        for orphan in _of(name, row.kind, [fact for fact in book.of(name) if not is_test(fact.file)], bool(unread))
    ]


def _of(name: str, kind: str, facts: list[Fact], is_unsure: bool) -> Iterator[Orphan]:
    handled = _services(facts, "handle")
    used = handled or _services(facts, "read") or _services(facts, "maybe")
    escaping = is_unsure or bool(_services(facts, "escape"))
    if not used:
        yield Orphan(name, kind, "not handled", (), escaping)
    elif kind == "command" and len(handled) > 1:
        yield Orphan(name, kind, "handled twice", handled)
    if not _services(facts, "send"):
        built = _services(facts, "construct")
        yield Orphan(name, kind, "not sent", built, escaping or bool(built))


def _services(facts: list[Fact], kind: str) -> tuple[str, ...]:
    return tuple(sorted({fact.service for fact in facts if fact.kind == kind}))
