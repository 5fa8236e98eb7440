"""What calls pass to parameters, through other parameters too, and what is put into results and attributes."""

from __future__ import annotations

from collections.abc import Iterable

from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Slot


class Callers:
    """The values that come to the slots of a world."""

    def __init__(self, known: Fixpoint) -> None:
        self._carried: dict[tuple[int, int], set[str]] = {}
        self._sources: dict[tuple[int, int], set[Slot]] = {}
        self._unknown: set[tuple[int, int]] = set()
        for notes in known.notes.values():
            for flow in notes.flows:
                self._carried.setdefault(flow.slot.key, set()).update(known.world.shapes.carried(flow.type))
                if not flow.slot.is_parameter and known.world.shapes.may_hold(flow.type):
                    self._unknown.add(flow.slot.key)
            for each in notes.passed:
                self._carried.setdefault(each.slot.key, set()).update(each.carried)
                if each.source is not None:
                    self._sources.setdefault(each.slot.key, set()).add(each.source)
                elif each.is_unknown:
                    self._unknown.add(each.slot.key)

    def all_passed(self, slots: Iterable[Slot]) -> set[str] | None:
        """Return the contracts that come to any of some slots; None where anything may."""
        found: set[str] = set()
        for slot in slots:
            passed = self._passed(slot, frozenset())
            if passed is None:
                return None
            found |= passed
        return found

    def _passed(self, slot: Slot, seen: frozenset[tuple[int, int]]) -> set[str] | None:
        key = slot.key
        if key in seen:
            return set()
        if key not in self._carried or key in self._unknown:
            return None
        found = set(self._carried[key])
        for source in self._sources.get(key, ()):
            more = self._passed(source, seen | {key})
            if more is None:
                return None
            found |= more
        return None if any(name.startswith("~") for name in found) else found
