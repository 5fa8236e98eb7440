"""Who uses a type, a field or, the other way round, what a service uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from avow.index.book import Book
from avow.index.catalogue import holders
from avow.index.fact import WHOLE, Fact
from avow.index.lookup import owners
from avow.index.questions.subject import Subject


def who(book: Book, meant: Subject) -> list[Fact]:
    """Return the facts that answer who uses what is meant, in their order.

    Of a field behind other fields, a use is certain where it is known to have come that way, else a maybe. Where a
    value escapes, or code cannot be read, every field of it may be used: those escapes are in the answer too.
    """
    if meant.service:
        return [fact for fact in book.facts() if fact.service == meant.service]
    if not meant.path:
        return [*book.of(meant.type), *_lost(book, holders(book.catalogue, meant.type) - {meant.type})]
    steps = owners(book.catalogue, meant.type, meant.path)
    owner, field = steps[-1]
    own = [fact for fact in book.of(owner) if fact.field == field]
    if len(steps) > 1:
        own = list(_joined(book, meant, steps, own))
    on_the_way = {each for each, _ in steps} if len(steps) > 1 else holders(book.catalogue, owner)
    return [*own, *_lost(book, on_the_way)]


def _lost(book: Book, types: Iterable[str]) -> Iterator[Fact]:
    """Yield the escapes of values of types, and where every type is used."""
    for name in sorted({*types, WHOLE}):
        yield from (fact for fact in book.of(name) if fact.kind == "escape")


def _joined(book: Book, meant: Subject, steps: list[tuple[str, str]], own: list[Fact]) -> Iterator[Fact]:
    """Yield uses of a field of a shared type, as far as the value may have come by the path that is meant."""
    before = [f"{each}.{'.'.join(field for _, field in steps[n:-1])}" for n, (each, _) in enumerate(steps[:-1])]
    certain, possible = before[0], {"", *before[1:]}
    near = _services_of(book, steps[-2])
    for fact in own:
        if fact.via == certain:
            yield fact
        elif fact.via in possible and fact.service in near:
            yield replace(fact, kind="maybe", reason=fact.reason or "it is not known where the value comes from")


def _services_of(book: Book, step: tuple[str, str]) -> set[str]:
    """The services that may have got a value out of a field: that read it, or where it goes out of sight."""
    owner, field = step
    return {
        fact.service
        for fact in (*book.of(owner), *book.of(WHOLE))
        if fact.kind == "escape" or (fact.field == field and fact.kind in ("read", "maybe"))
    }
