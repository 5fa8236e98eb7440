"""All that is known of a world: its facts and the edges of its flow."""

from __future__ import annotations

from msgspec import Struct

from avow.index.conclude.escapes import escapes
from avow.index.conclude.flow import edges
from avow.index.conclude.guesses import Guesses
from avow.index.conclude.handlers import handles
from avow.index.conclude.sends import sends
from avow.index.fact import Edge, Fact
from avow.index.infer.fixpoint import Fixpoint


class Concluded(Struct, frozen=True):
    """The facts and edges of some services, each once, in their order."""

    facts: list[Fact]
    edges: list[Edge]


def conclude(known: Fixpoint) -> Concluded:
    """Return the facts and edges of a world that has been observed."""
    found = {fact for notes in known.notes.values() for fact in notes.facts}
    found.update(handles(known), sends(known), escapes(known), Guesses(known).facts())
    certain = {_place(fact) for fact in found if fact.kind in ("read", "write")}
    facts = sorted(fact for fact in found if fact.kind != "maybe" or _place(fact) not in certain)
    return Concluded(facts, edges(known, facts))


def _place(fact: Fact) -> tuple[str, int, str, str]:
    """What is known where it stands is no guess, whatever else comes there."""
    return fact.file, fact.line, fact.type, fact.field
