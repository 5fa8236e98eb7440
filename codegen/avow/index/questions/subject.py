"""What a user means: a type, a field of one by its path, or a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from avow.errors import AvowError
from avow.index.lookup import find, owners

if TYPE_CHECKING:
    from avow.index.book import Book


class Subject(Struct, frozen=True):
    """One of three: a type, with a path of field names where a field is meant; or a service."""

    type: str = ""
    path: tuple[str, ...] = ()
    service: str = ""


def subject(book: Book, text: str) -> Subject:
    """Return what a user means by a text such as `AddressChanged.address.postcode`.

    A type is meant by its full name or by the last parts of it, if those are of one type only.

    Raises:
        AvowError: Nothing is called so, or several things are.
    """
    parts = text.strip().split(".")
    for count in range(len(parts), 0, -1):
        found = find(book.catalogue, ".".join(parts[:count]))
        if len(found) > 1:
            fix = f"Say which: {', '.join(found)}."
            raise AvowError(f"{'.'.join(parts[:count])} is the name of several types", fix=fix)
        if found:
            path = tuple(parts[count:])
            owners(book.catalogue, found[0], path)
            return Subject(found[0], path)
    if text in services(book):
        return Subject(service=text)
    raise _unknown(book, text)


def services(book: Book) -> list[str]:
    """Return the names of the services that facts tell of."""
    return sorted({fact.service for fact in book.facts() if fact.service})


def _unknown(book: Book, text: str) -> AvowError:
    from avow.runtime.names import nearest

    near = nearest(text, [*book.catalogue, *services(book)])
    fix = f"Did you mean {near}?" if near else "`avow search` finds names by their parts."
    return AvowError(f"no type, field or service is called {text}", fix=fix)


def completions(book: Book, incomplete: str) -> Iterator[str]:
    """Yield what a text may be completed to: types by their short and full names, their fields, services."""
    name, dot, rest = incomplete.rpartition(".")
    for full in book.catalogue:
        short = full.rpartition(".")[2]
        yield from (each for each in (short, full) if each.startswith(incomplete))
    found = find(book.catalogue, name) if dot else []
    if len(found) == 1:
        yield from (f"{name}.{field}" for field in book.catalogue[found[0]].fields if field.startswith(rest))
    elif dot:
        yield from _deeper(book, name, rest)
    else:
        yield from (each for each in services(book) if each.startswith(incomplete))


def _deeper(book: Book, name: str, rest: str) -> Iterator[str]:
    """Fields behind fields."""
    try:
        meant = subject(book, name)
    except AvowError:
        return
    if meant.path:
        owner, field = owners(book.catalogue, meant.type, meant.path)[-1]
        row = book.catalogue[owner].fields.get(field)
        for record in row.records if row is not None else ():
            yield from (f"{name}.{each}" for each in book.catalogue[record].fields if each.startswith(rest))
