"""Whom changes of contracts hit: the uses of what has changed, each as sure as it is known, and who goes first.

Which changes there are is the business of what compares contracts; here they are places in them.

    hits(book, Touched("insurance.customers.AddressChanged", fields("lines[].text")))  # [] is no known use
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from avow.changes.touched import Touched
from avow.finding import Status
from avow.index.book import Book
from avow.index.catalogue import Catalogue
from avow.index.code.files import is_test
from avow.index.fact import Fact
from avow.index.questions.subject import Subject
from avow.index.questions.who import who

_RANK: dict[Status, int] = {"BREAKS": 0, "MAYBE": 1, "UNKNOWN": 2}


class Hit(Struct, frozen=True):
    """A use that is hit."""

    status: Status
    fact: Fact


def hits(book: Book, place: Touched) -> list[Hit]:
    """Return whom a change of a place hits, the surest first; nothing is no known use.

    Tests do not count. Contracts and fields may be gone from the schemas.
    """
    return sorted(_hits(book, place), key=_order)


def _order(hit: Hit) -> tuple[int, Fact]:
    return _RANK[hit.status], hit.fact


def _hits(book: Book, place: Touched) -> Iterator[Hit]:
    facts = [fact for fact in _facts(book, place) if not is_test(fact.file)]
    loose = {_place(fact) for fact in facts if fact.kind == "escape"}
    for fact in facts:
        if fact.kind == "construct":  # by `**` it may give what is missing
            yield Hit("MAYBE" if _place(fact) in loose else "BREAKS", fact)
        elif fact.kind == "maybe":
            yield Hit("MAYBE", fact)
        elif fact.kind != "escape":
            yield Hit("BREAKS", fact)
        elif place.users != "building":
            yield Hit("UNKNOWN", fact)


def _place(fact: Fact) -> tuple[str, str, int]:
    return fact.file, fact.function, fact.line


def _facts(book: Book, place: Touched) -> Iterator[Fact]:
    if place.users == "any":
        yield from who(book, Subject(place.contract))
        return
    steps = [place.contract, *(_held(book.catalogue, place.contract, place.path))]
    if place.users == "building":
        yield from (fact for fact in book.of(steps[-1]) if fact.kind in ("construct", "escape"))
    elif place.path:
        owner, field = steps[len(place.path) - 1], place.path[-1]
        own = (fact for fact in book.of(owner) if fact.field == field)
        yield from own
        yield from (fact for fact in who(book, Subject(owner)) if fact.kind == "escape")


def _held(catalogue: Catalogue, contract: str, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the record that each field of a path holds, that with the next field where there are several."""
    name = contract
    for number, field in enumerate(path):
        row = catalogue.get(name)
        held = row.fields[field].records if row is not None and field in row.fields else ()
        following = path[number + 1] if number + 1 < len(path) else ""
        name = next((each for each in held if following in catalogue[each].fields), held[0] if held else name)
        yield name


# who goes first


class Step(Struct, frozen=True):
    """Services that are to be deployed together, and why now."""

    services: tuple[str, ...]
    why: str
    perhaps: tuple[str, ...] = ()
    """Services of which it is not known whether they belong to these."""


def rollout(book: Book, contract: str, *, backward: bool, forward: bool, misses: bool = False) -> list[Step]:
    """Return in which order services take a change of a contract; nothing where the order does not matter.

    Args:
        book: The index.
        contract: Full name of the contract.
        backward: Whether the new version reads what was written before.
        forward: Whether versions before read what is written now.
        misses: Whether something is gone that is or may be used, so that who uses it has to let go of it first.
    """
    facts = [fact for fact in book.of(contract) if not is_test(fact.file) and fact.service]
    writers = _services(facts, "construct", "send")
    readers = tuple(name for name in _services(facts, "handle", "read", "escape") if name not in writers)
    perhaps = tuple(name for name in _services(facts, "maybe") if name not in {*writers, *readers})
    first = Step(readers, "they read it, and could not read what is written then", perhaps)
    last = Step(writers, "they write it")
    if not backward and not forward:
        why = "none of them can read what the other version writes"
        together = Step(tuple(sorted({*writers, *readers})), why, perhaps)
        return [together] if len(together.services) + len(perhaps) > 1 else []
    if not writers or not (readers or perhaps):
        return []
    if backward and forward:
        return [Step(readers, "they let go of what is gone", perhaps), last] if misses else []
    if backward:
        return [first, last]
    why = "they write it, and what they wrote before could not be read then"
    return [Step(writers, why), Step(readers, "they read it, once nothing is left that was written before", perhaps)]


def _services(facts: Iterable[Fact], *kinds: str) -> tuple[str, ...]:
    return tuple(sorted({fact.service for fact in facts if fact.kind in kinds}))
