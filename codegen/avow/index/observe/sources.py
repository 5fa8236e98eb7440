"""Where a value whose type is not known was taken from: parameters, results, attributes whose values are watched."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import (
    AwaitExpr,
    CallExpr,
    DictExpr,
    Expression,
    IndexExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    TupleExpr,
    Var,
)

from avow.index.observe.notes import RESULT, Meant, Slot
from avow.index.observe.registry import functions_in
from avow.index.observe.resolve import meant
from avow.index.observe.scene import Scene
from avow.index.observe.values import variable_of
from avow.index.typed.shapes import instances

_DEPTH = 8


def remember_source(scene: Scene, target: Expression, source: Expression) -> None:
    """Note what a local variable is set to, or taken from."""
    if isinstance(target, NameExpr) and isinstance(target.node, Var):
        scene.sources.setdefault(target.node, []).append(source)
    elif isinstance(target, TupleExpr):
        for each in target.items:
            remember_source(scene, each, source)


def sources(scene: Scene, node: Expression, depth: int = 0) -> tuple[frozenset[Slot] | None, tuple[str, ...]]:
    """Return the slots that a value was taken from, None where it may be from anywhere, and the attributes between."""
    path: list[str] = []
    while isinstance(node, (MemberExpr, IndexExpr, AwaitExpr)):
        if isinstance(node, MemberExpr):
            slot = _attribute(scene, node)
            if slot is not None:
                return frozenset({slot}), tuple(reversed(path))
            path.append(node.name)
            node = node.expr
        else:
            node = node.base if isinstance(node, IndexExpr) else node.expr
    return _slots(scene, node, depth), tuple(reversed(path))


def _attribute(scene: Scene, node: MemberExpr) -> Slot | None:
    """The attribute of a class of the services that nobody wrote a type for."""
    for instance in instances(scene.type(node.expr)):
        symbol = instance.type.get(node.name)
        found = symbol.node if symbol is not None else None
        if isinstance(found, Var) and scene.world.is_own(found) and scene.world.is_unwritten(found):
            return Slot(found)
    return None


def _slots(scene: Scene, node: Expression, depth: int) -> frozenset[Slot] | None:
    if isinstance(node, NameExpr) and isinstance(node.node, Var):
        return _variable(scene, node.node, depth)
    if isinstance(node, CallExpr):
        found = meant(scene, node.callee)
        return frozenset(Slot(each.function, RESULT) for each in found) if found else None
    return None


def _variable(scene: Scene, variable: Var, depth: int) -> frozenset[Slot] | None:
    for function in scene.functions:
        for index, argument in enumerate(function.arguments):
            if argument.variable is variable:
                return frozenset({Slot(function, index)})
    if "." in variable.fullname and scene.world.is_own(variable) and scene.world.is_unwritten(variable):
        return frozenset({Slot(variable)})
    values = scene.sources.get(variable, [])
    if not values or depth > _DEPTH:
        return None
    found: set[Slot] = set()
    for value in values:
        slots, path = sources(scene, value, depth + 1)
        if slots is None or path:
            return None
        found |= slots
    return frozenset(found)


def is_looked_up(scene: Scene, node: Expression, depth: int = 0) -> bool:
    """Return whether a value was looked up in a container by its key."""
    if isinstance(node, NameExpr) and isinstance(node.node, Var) and depth < _DEPTH:
        return any(is_looked_up(scene, each, depth + 1) for each in scene.sources.get(node.node, ()))
    if isinstance(node, CallExpr):
        return isinstance(node.callee, MemberExpr) and node.callee.name in ("get", "pop")
    return isinstance(node, IndexExpr)


def called(scene: Scene, callee: Expression) -> list[Meant]:
    """Return the services' own functions that are called, those too that were put where the callee is taken from."""
    found = meant(scene, callee)
    if not isinstance(callee, (NameExpr, IndexExpr, MemberExpr, CallExpr)) or is_own_name(callee):
        return found
    slots, path = sources(scene, callee)
    put = [each for slot in slots or () if not path for each in scene.world.functions.get(slot.key, ())]
    known = {each.function for each in found}
    more = {each.function: each for each in (*put, *_from_here(scene, callee)) if each.function not in known}
    return [*found, *more.values()]


def _from_here(scene: Scene, node: Expression, depth: int = 0) -> Iterator[Meant]:
    """Yield the functions that a variable was set to, or what a container in it holds."""
    if isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr) and node.callee.name in _TAKING:
        node = node.callee.expr
    while isinstance(node, IndexExpr):
        node = node.base
    if isinstance(node, (DictExpr, ListExpr, TupleExpr)):
        yield from held_in(scene, node)
    variable = variable_of(scene, node) if isinstance(node, (NameExpr, MemberExpr)) else None
    if variable is None or depth > _DEPTH:
        return
    yield from scene.world.functions.get(Slot(variable).key, ())
    for value in scene.sources.get(variable, ()):
        yield from held_in(scene, value)
        yield from _from_here(scene, value, depth + 1)


_TAKING = ("get", "items", "pop", "values")


def held_in(scene: Scene, value: Expression) -> Iterator[Meant]:
    """Yield the functions that a value is, or that a display holds, by key too."""
    if isinstance(value, DictExpr):
        for _, each in value.items:
            yield from functions_in(scene, each)
    else:
        yield from functions_in(scene, value)


def is_own_name(callee: Expression) -> bool:
    """Return whether an expression is the very name of a function or class."""
    return isinstance(callee, (NameExpr, MemberExpr)) and callee.node is not None and not isinstance(callee.node, Var)
