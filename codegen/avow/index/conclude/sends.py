"""Sends through functions of the services: who calls what sends its parameter, sends."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from avow.index.fact import Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Slot


def sends(known: Fixpoint) -> Iterator[Fact]:
    """Yield the send facts of calls that give a contract to a parameter which takes any, and which is sent."""
    passed = [each for notes in known.notes.values() for each in notes.passed if each.is_loose]
    sent = _closure({slot for notes in known.notes.values() for slot in notes.sent}, known)
    rows = known.world.contracts.catalogue
    for each in passed:
        if each.slot in sent and each.slot not in known.types:
            for name in sorted(each.carried):
                if name in rows and rows[name].kind:
                    yield replace(each.fact, kind="send", type=name, reason="")


def _closure(sent: set[Slot], known: Fixpoint) -> set[Slot]:
    back: dict[Slot, set[Slot]] = {}
    for notes in known.notes.values():
        for each in notes.passed:
            if each.source is not None:
                back.setdefault(each.slot, set()).add(each.source)
    found, waiting = set(sent), list(sent)
    while waiting:
        for source in back.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found
