"""Flows that follow from others: what a method of a protocol gets, those get that stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import FuncDef, Node, TypeInfo
from mypy.types import CallableType, Instance, TupleType, Type

from avow.index.observe.notes import Flow, Held, Meant, Notes, Slot
from avow.index.observe.resolve import annotation
from avow.index.observe.wrappers import function_of
from avow.index.typed.shapes import parts
from avow.index.world import World

_DEPTH = 3


def derived(notes: Iterable[Notes]) -> list[Flow]:
    """Return the flows to methods of classes whose values go where a protocol is asked for."""
    notes = list(notes)
    pairs = {pair for each in notes for pair in each.implements}
    below: dict[FuncDef, list[FuncDef]] = {}
    for info, protocol in pairs:
        for above, function in _methods(info, protocol):
            below.setdefault(above, []).append(function)
    if not below:
        return []
    given = [flow for each in notes for flow in each.flows if flow.slot.node in below and flow.slot.is_parameter]
    found = [Flow(Slot(each, flow.slot.index), flow.type, flow.certain) for flow in given for each in _of(below, flow)]
    return [
        *found,
        *(flow for above, functions in below.items() for each in functions for flow in _declared(above, each)),
    ]


def _of(below: dict[FuncDef, list[FuncDef]], flow: Flow) -> list[FuncDef]:
    return below[flow.slot.node] if isinstance(flow.slot.node, FuncDef) else []


def _methods(info: TypeInfo, protocol: TypeInfo) -> Iterator[tuple[FuncDef, FuncDef]]:
    for name, symbol in protocol.names.items():
        above = function_of(symbol.node)
        own = info.get(name)
        function = function_of(own.node) if own is not None else None
        if above is not None and function is not None:
            yield above, function


def _declared(above: FuncDef, function: FuncDef) -> Iterator[Flow]:
    type_ = above.type
    if isinstance(type_, CallableType):
        for index in range(1, min(len(type_.arg_types), len(function.arguments))):
            if annotation(above, index) is not None and annotation(function, index) is None:
                yield Flow(Slot(function, index), type_.arg_types[index], bound=True)


def put(world: World, flows: Iterable[Flow], held: Iterable[Held]) -> set[Node]:
    """Remember which functions were put into which slots, or into containers there; return nodes that have new ones.

    Types do not tell: those of functions that are alike are one to mypy, and lambdas are nothing else.
    """
    found = {each.slot.node for each in held if _remember(world, each.slot, each.meant)}
    return found | {
        flow.slot.node for flow in flows for each in _inside(world, flow.type) if _remember(world, flow.slot, each)
    }


def _remember(world: World, slot: Slot, meant: Meant) -> bool:
    known = world.functions.setdefault(slot.key, [])
    is_new = all(each.function is not meant.function for each in known)
    if is_new:
        known.append(meant)
    return is_new


def _inside(world: World, type_: Type, depth: int = 0) -> Iterator[Meant]:
    for part in parts(type_):
        function = function_of(part.definition) if isinstance(part, CallableType) else None
        if isinstance(part, CallableType) and function is not None and world.is_own(function):
            yield Meant(function, 1 if part.is_bound else 0)
        elif isinstance(part, (Instance, TupleType)) and depth < _DEPTH:
            for inner in part.args if isinstance(part, Instance) else part.items:
                yield from _inside(world, inner, depth + 1)
