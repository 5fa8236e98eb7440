"""Which values escape: those given to parameters that take anything, if the function does not keep them to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace
from mypy.nodes import FuncDef
from mypy.types import CallableType, Instance, Type, get_proper_type

from avow.index.fact import Fact
from avow.index.infer.fixpoint import Fixpoint
from avow.index.observe.notes import Notes, Slot
from avow.index.typed.shapes import is_any


def escapes(known: Fixpoint) -> Iterator[Fact]:
    """Yield the escapes that depend on what other functions do."""
    notes = list(known.notes.values())
    leaking = _leaking_slots(notes)
    leaking_types = {pair for each in notes for pair in each.leaking_types}
    for each in notes:
        for leak in each.leaks:
            if leak.slot in leaking and leak.slot not in known.types:
                yield from _each(leak.fact, leak.carried)
        yield from _generic(each, leaking_types)
    yield from _returned(notes)


def _leaking_slots(notes: Iterable[Notes]) -> set[Slot]:
    """Return the parameters that are not kept, those included that are handed to such."""
    notes = list(notes)
    found = {slot for each in notes for slot in each.leaking}
    back: dict[Slot, set[Slot]] = {}
    for each in notes:
        for source, target in each.links:
            back.setdefault(target, set()).add(source)
    waiting = list(found)
    while waiting:
        for source in back.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found


def _generic(notes: Notes, leaking: set[tuple[FuncDef | None, str]]) -> Iterator[Fact]:
    for function, shown, carried, fact in notes.generic:
        if any((function, name) in leaking for name in shown if name.startswith("~")):
            yield from _each(replace(fact, reason=f"through {getattr(function, 'name', 'a lambda')}"), carried)


def _returned(notes: list[Notes]) -> Iterator[Fact]:
    """What is given back as anything escapes; as an object, only if somebody gets it."""
    called = {call.target for each in notes for call in each.calls}
    for each in notes:
        for function, fact, lost in each.returned:
            result = function.type.ret_type if isinstance(function.type, CallableType) else None
            if function in called or _is_anything(result):
                yield from _each(fact, lost)


def _is_anything(type_: Type | None) -> bool:
    if type_ is None:
        return True
    proper = get_proper_type(type_)
    return is_any(proper) or (isinstance(proper, Instance) and any(_is_anything(each) for each in proper.args))


def _each(fact: Fact, names: Iterable[str]) -> Iterator[Fact]:
    yield from (replace(fact, type=name) for name in sorted(names) if not name.startswith("~"))
