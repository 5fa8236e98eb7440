"""Find types by what is known of them: names first, then fields, owners and docs; by beginnings and with typos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from avow.index.catalogue import Catalogue, TypeRow


class Match(Struct, frozen=True):
    """A type that was found; ``rank`` is lower the better, ``where`` says what matched."""

    rank: int
    name: str
    where: str


_CUTOFF = 0.75
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def search(catalogue: Catalogue, text: str) -> list[Match]:
    """Return the types that all words of a text are found in, the best first; with typos only where none has it."""
    wanted = [word.lower() for word in text.replace(".", " ").split()]
    found = _all(catalogue, wanted) or _all(catalogue, [_nearest(word, catalogue) for word in wanted])
    return sorted(found, key=lambda match: (match.rank, match.name))


def _all(catalogue: Catalogue, wanted: list[str]) -> list[Match]:
    return [match for name, row in catalogue.items() if (match := _match(name, row, wanted))]


def _match(name: str, row: TypeRow, wanted: list[str]) -> Match | None:
    found = [min(places, default=None) for word in wanted if (places := list(_places(name, row, word))) is not None]
    best = [each for each in found if each is not None]
    if not wanted or len(best) < len(wanted):
        return None
    rank, where = max(best)
    return Match(rank, name, where)


def _places(name: str, row: TypeRow, word: str) -> Iterator[tuple[int, str]]:
    """Yield where a word is found in a type, with the rank of each place."""
    short = name.rpartition(".")[2].lower()
    if short == word:
        yield 0, "name"
    elif short.startswith(word) or any(part.startswith(word) for part in words(name)):
        yield 1, "name"
    elif word in name.lower():
        yield 2, "name"
    for field, said in row.fields.items():
        if field.lower() == word or any(part.startswith(word) for part in words(field)):
            yield 3, f"field {field}"
        elif any(part.startswith(word) for part in words(said.doc)):
            yield 6, f"doc of {field}"
    if row.owner.startswith(word) or row.kind == word or row.channel.startswith(word):
        yield 4, f"{'owner' if row.owner.startswith(word) else 'kind' if row.kind == word else 'channel'}"
    if any(part.startswith(word) for part in words(row.doc)):
        yield 5, "doc"


def words(text: str) -> list[str]:
    """Return the words of a name or a text, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def _nearest(word: str, catalogue: Catalogue) -> str:
    """Return the known word that one is most like, or itself."""
    from difflib import get_close_matches

    known = dict.fromkeys(part for name, row in catalogue.items() for part in _vocabulary(name, row))
    if any(each.startswith(word) for each in known):
        return word
    found = get_close_matches(word, known, n=1, cutoff=_CUTOFF)
    return found[0] if found else word


def _vocabulary(name: str, row: TypeRow) -> Iterator[str]:
    yield name.rpartition(".")[2].lower()
    yield from words(name)
    yield from words(row.doc)
    for field in row.fields:
        yield field.lower()
        yield from words(field)
    yield row.owner
