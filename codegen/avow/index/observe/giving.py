"""A value goes to a parameter of a function of the services."""

from __future__ import annotations

from mypy.nodes import Expression
from mypy.types import Type

from avow.index.fact import WHOLE
from avow.index.observe.displays import refined
from avow.index.observe.formals import passes_on
from avow.index.observe.notes import Flow, Function, Held, Leak, Passed, Slot
from avow.index.observe.resolve import Bound, annotation
from avow.index.observe.scene import Scene
from avow.index.observe.sources import held_in
from avow.index.observe.values import carried, implement, keep, parameter, takes_anything


def give(scene: Scene, function: Function, bound: Bound, *, certain: bool) -> None:
    """Note that a value goes to a parameter of a function of the services."""
    slot, index, argument = Slot(function, bound.index), bound.index, bound.argument
    line = argument.line
    type_ = bound.item if bound.item is not None else refined(scene, argument)
    declared = annotation(function, index)
    shown = carried(scene, argument)
    name = f"{function.arg_names[index] or index} of {getattr(function, 'name', 'a lambda')}"
    source = parameter(scene, argument)
    implement(scene, type_, declared)
    scene.notes.held += [Held(slot, each) for each in held_in(scene, argument)]
    if declared is None or takes_anything(scene, declared) or passes_on(declared):
        _note_loosely(scene, slot, argument, type_, shown, declared is None, certain, line, name, source)
        return
    fact = scene.fact("send", "", WHOLE, line)
    scene.notes.passed.append(Passed(slot, shown, fact, source))
    lost = {each for each in scene.shapes.lost(shown, declared) if not each.startswith("~")}
    scene.escape(lost, line, f"into {name}, which takes something else")
    scene.notes.generic.append((function, scene.shapes.carried(declared), shown, scene.fact("escape", "", WHOLE, line)))


def _note_loosely(
    scene: Scene,
    slot: Slot,
    argument: Expression,
    type_: Type | None,
    shown: frozenset[str],
    is_open: bool,
    certain: bool,
    line: int,
    name: str,
    source: Slot | None,
) -> None:
    """A parameter without annotation gets the types that come; one that takes anything is watched."""
    notes = scene.notes
    if type_ is not None:
        notes.flows.append(Flow(slot, type_, certain and is_open))
    if source is not None:
        keep(scene, argument)
        notes.links.append((source, slot))
    fact = scene.fact("escape", "", WHOLE, line, f"into {name}, which takes anything")
    notes.leaks.append(Leak(slot, shown, fact))
    is_unknown = not shown and scene.shapes.may_hold(type_) and not scene.is_foreign(type_)
    notes.passed.append(Passed(slot, shown, fact, source, is_unknown, True))
