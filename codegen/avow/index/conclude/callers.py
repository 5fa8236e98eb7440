"""What calls pass to parameters, through other parameters too."""

from __future__ import annotations

from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Slot


class Callers:
    """The values that come to the parameters of a world."""

    def __init__(self, known: Fixpoint) -> None:
        self._carried: dict[Slot, set[str]] = {}
        self._sources: dict[Slot, set[Slot]] = {}
        self._unknown: set[Slot] = set()
        for notes in known.notes.values():
            for flow in notes.flows:
                self._carried.setdefault(flow.slot, set()).update(known.world.shapes.carried(flow.type))
            for each in notes.passed:
                self._carried.setdefault(each.slot, set()).update(each.carried)
                if each.source is not None:
                    self._sources.setdefault(each.slot, set()).add(each.source)
                elif each.is_unknown:
                    self._unknown.add(each.slot)

    def passed(self, slot: Slot, seen: frozenset[Slot] = frozenset()) -> set[str] | None:
        """Return the contracts that come to a parameter; None where anything may, since somebody unknown calls it."""
        if slot in seen:
            return set()
        if slot not in self._carried or slot in self._unknown:
            return None
        found = set(self._carried[slot])
        for source in self._sources.get(slot, ()):
            more = self.passed(source, seen | {slot})
            if more is None:
                return None
            found |= more
        return {name for name in found if not name.startswith("~")}


