"""Whom changes of contracts hit: the uses of what has changed, each as sure as it is known, and who goes first.

Which changes there are is the business of what compares contracts; here they are places in them.

    found = impact(book, [Touched("insurance.customers.AddressChanged", "FIELD_REMOVED", fields("lines[].text"))])
    found[0].hits  # nothing: there is no known use
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from avow.index.book import Book
from avow.index.catalogue import Catalogue
from avow.index.code.files import is_test
from avow.index.fact import Fact
from avow.index.questions.subject import Subject
from avow.index.questions.who import who

Status: TypeAlias = Literal["BREAKS", "MAYBE", "UNKNOWN"]
"""A known use; one that may be; a value that goes where it cannot be followed. That nobody uses it is never sure."""

Uses: TypeAlias = Literal["field", "building", "any"]
"""What is hit by a change: who uses the field, who builds values of the record, or who uses any of it."""

_MARKS = re.compile(r"\[\]|\{\}|\([^)]*\)")
_RANK: dict[Status, int] = {"BREAKS": 0, "MAYBE": 1, "UNKNOWN": 2}


class Touched(Struct, frozen=True):
    """One change: ``path`` leads to the field, or to the record for ``building``; empty for the whole."""

    contract: str
    rule: str
    path: tuple[str, ...] = ()
    uses: Uses = "field"


class Hit(Struct, frozen=True):
    """A use that is hit."""

    status: Status
    fact: Fact


class Impact(Struct, frozen=True):
    """A change and whom it hits, the surest first; no hits are no known use."""

    change: Touched
    hits: tuple[Hit, ...]


def fields(path: str) -> tuple[str, ...]:
    """Return the fields of a place such as `address.lines[].payment(Card).text`, as findings have it."""
    return tuple(part for part in _MARKS.sub("", path).split(".") if part)


def impact(book: Book, changes: Iterable[Touched]) -> list[Impact]:
    """Return whom each change hits; tests do not count. Contracts and fields may be gone from the schemas."""
    return [Impact(change, tuple(sorted(_hits(book, change), key=_order))) for change in changes]


def _order(hit: Hit) -> tuple[int, Fact]:
    return _RANK[hit.status], hit.fact


def _hits(book: Book, change: Touched) -> Iterator[Hit]:
    facts = [fact for fact in _facts(book, change) if not is_test(fact.file)]
    loose = {_place(fact) for fact in facts if fact.kind == "escape"}
    for fact in facts:
        if fact.kind == "construct":  # by `**` it may give what is missing
            yield Hit("MAYBE" if _place(fact) in loose else "BREAKS", fact)
        elif fact.kind == "maybe":
            yield Hit("MAYBE", fact)
        elif fact.kind != "escape":
            yield Hit("BREAKS", fact)
        elif change.uses != "building":
            yield Hit("UNKNOWN", fact)


def _place(fact: Fact) -> tuple[str, str, int]:
    return fact.file, fact.function, fact.line


def _facts(book: Book, change: Touched) -> Iterator[Fact]:
    if change.uses == "any":
        yield from who(book, Subject(change.contract))
        return
    steps = [change.contract, *(_held(book.catalogue, change.contract, change.path))]
    if change.uses == "building":
        yield from (fact for fact in book.of(steps[-1]) if fact.kind in ("construct", "escape"))
    elif change.path:
        owner, field = steps[len(change.path) - 1], change.path[-1]
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


def rollout(book: Book, contract: str, *, backward: bool, forward: bool) -> list[Step]:
    """Return in which order services take a change of a contract; nothing where the order does not matter.

    Args:
        book: The index.
        contract: Full name of the contract.
        backward: Whether the new version reads what was written before.
        forward: Whether versions before read what is written now.
    """
    facts = [fact for fact in book.of(contract) if not is_test(fact.file) and fact.service]
    writers = _services(facts, "construct", "send")
    readers = tuple(name for name in _services(facts, "handle", "read", "maybe", "escape") if name not in writers)
    first = Step(readers, "they read it, and could not read what is written then")
    last = Step(writers, "they write it")
    if backward and forward:
        return []
    if backward:
        return _steps(first, last)
    if forward:
        why = "they write it, and what they wrote before could not be read then"
        return _steps(Step(writers, why), Step(readers, "they read it, once nothing is left that was written before"))
    return _steps(Step((*writers, *readers), "none of them can read what the other version writes"))


def _steps(*steps: Step) -> list[Step]:
    return [step for step in steps if step.services]


def _services(facts: Iterable[Fact], *kinds: str) -> tuple[str, ...]:
    return tuple(sorted({fact.service for fact in facts if fact.kind in kinds}))
