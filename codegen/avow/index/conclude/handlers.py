"""Where contracts come in: not in a function that only gets what others of the service have already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import FuncDef

from avow.index.fact import Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Notes, Slot


def handles(known: Fixpoint) -> Iterator[Fact]:
    """Yield the handle facts of annotated parameters.

    A function that the service itself calls with such a value is left out, if it is known otherwise how the service
    comes by one: by another handle fact, or because it builds them.
    """
    notes = list(known.notes.values())
    passed = _passed(notes)
    registered = {function for each in notes for function in each.registered}
    found = {(fact.service, fact.type) for each in notes for fact in each.facts if fact.kind in ("handle", "construct")}
    helpers = []
    for each in notes:
        for fact, function, index in each.handled:
            if function in registered or fact.type not in passed.get(Slot(function, index), ()):
                found.add((fact.service, fact.type))
                yield fact
            else:
                helpers.append(fact)
    yield from (fact for fact in helpers if (fact.service, fact.type) not in found)


def _passed(notes: Iterable[Notes]) -> dict[Slot, set[str]]:
    found: dict[Slot, set[str]] = {}
    for each in notes:
        for one in each.passed:
            found.setdefault(one.slot, set()).update(one.carried)
    return found


def handlers(known: Fixpoint, facts: Iterable[Fact]) -> Iterator[tuple[str, str, str]]:
    """Yield the functions that handle: the contract, the file and the qualified name of each."""
    for fact in facts:
        if fact.kind == "handle":
            yield fact.type, fact.file, fact.function
    for notes in known.notes.values():
        for flow in notes.flows:
            if flow.bound and (place := _place(known, flow.slot.node)):
                yield from ((name, *place) for name in known.world.shapes.carried(flow.type))


def _place(known: Fixpoint, node: object) -> tuple[str, str] | None:
    return known.world.places.get(node) if isinstance(node, FuncDef) else None
