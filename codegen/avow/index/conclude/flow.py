"""The flow of contracts through services: handling one leads to sending another.

It does where the handler calls, at any remove, what builds the other, and the service sends such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import FuncDef

from avow.index.code.files import is_test
from avow.index.conclude.handlers import handlers
from avow.index.fact import Edge, Fact
from avow.index.infer.fixpoint import Fixpoint

Place = tuple[str, str]
"""A file and a qualified name in it."""


def edges(known: Fixpoint, facts: Iterable[Fact]) -> list[Edge]:
    """Return the edges of a world, each once, in their order; tests have none."""
    facts = [fact for fact in facts if not is_test(fact.file)]
    calls = _calls(known)
    built: dict[Place, set[str]] = {}
    for fact in facts:
        if fact.kind == "construct":
            built.setdefault((fact.file, fact.function), set()).add(fact.type)
    sent = {(fact.service, fact.type) for fact in facts if fact.kind == "send"}
    found = set()
    for name, file, function in handlers(known, facts):
        service = known.world.service_of(file)
        for place in _reached((file, function), calls):
            for target in built.get(place, ()):
                if (service, target) in sent:
                    found.add(Edge(name, target, service, file, function))
    return sorted(found)


def _calls(known: Fixpoint) -> dict[Place, set[Place]]:
    """Return which functions refer to which; a method of something unknown is the only one of that name nearby."""
    found: dict[Place, set[Place]] = {}
    by_name: dict[tuple[frozenset[str], str], set[Place]] = {}
    together = known.world.together
    for file, name in known.world.places.values():
        by_name.setdefault((together[file], name.rpartition(".")[2]), set()).add((file, name))
    for notes in known.notes.values():
        for call in notes.calls:
            if isinstance(call.target, str):
                named = by_name.get((together[call.caller[0]], call.target), set())
                found.setdefault(call.caller, set()).update(named if len(named) == 1 else ())
            elif isinstance(call.target, FuncDef) and call.target in known.world.places:
                found.setdefault(call.caller, set()).add(known.world.places[call.target])
    return found


def _reached(start: Place, calls: dict[Place, set[Place]]) -> Iterator[Place]:
    seen, waiting = {start}, [start]
    while waiting:
        place = waiting.pop()
        yield place
        for each in calls.get(place, ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
