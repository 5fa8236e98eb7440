"""What calls pass to parameters, through other parameters too, and what is put into results and attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from mypy.nodes import FuncDef, LambdaExpr

from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import RESULT, Slot
from avow.index.typed.shapes import is_any


class Callers:
    """The values that come to the slots of a world."""

    def __init__(self, known: Fixpoint) -> None:
        self._carried: dict[Key, set[str]] = {}
        self._sources: dict[Key, set[Slot]] = {}
        self._unknown: set[Key] = set()
        for notes in known.notes.values():
            for flow in notes.flows:
                self._carried.setdefault(_key(flow.slot), set()).update(known.world.shapes.carried(flow.type))
                if is_any(flow.type) and not _is_parameter(flow.slot):
                    self._unknown.add(_key(flow.slot))
            for each in notes.passed:
                self._carried.setdefault(_key(each.slot), set()).update(each.carried)
                if each.source is not None:
                    self._sources.setdefault(_key(each.slot), set()).add(each.source)
                elif each.is_unknown:
                    self._unknown.add(_key(each.slot))

    def all_passed(self, slots: Iterable[Slot]) -> set[str] | None:
        """Return the contracts that come to any of some slots; None where anything may."""
        found: set[str] = set()
        for slot in slots:
            passed = self._passed(slot, frozenset())
            if passed is None:
                return None
            found |= passed
        return found

    def _passed(self, slot: Slot, seen: frozenset[Key]) -> set[str] | None:
        key = _key(slot)
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
        return {name for name in found if not name.startswith("~")}


Key: TypeAlias = tuple[int, int]


def _key(slot: Slot) -> Key:
    """What makes a slot another: of a variable it is all one whatever containers are in it."""
    return (id(slot.node), slot.index if _is_parameter(slot) or slot.index == RESULT else 0)


def _is_parameter(slot: Slot) -> bool:
    return isinstance(slot.node, (FuncDef, LambdaExpr)) and slot.index != RESULT
