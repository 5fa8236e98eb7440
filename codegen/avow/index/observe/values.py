"""What an expression's value may hold, beyond what its type shows."""

from __future__ import annotations

from collections.abc import Iterable

from mypy.nodes import (
    AssignmentExpr,
    CallExpr,
    Expression,
    IndexExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    RefExpr,
    SetExpr,
    StrExpr,
    TupleExpr,
    Var,
)
from mypy.types import Instance, LiteralType, TupleType, Type, get_proper_type

from avow.index.observe.displays import inner
from avow.index.observe.notes import Slot
from avow.index.observe.scene import Scene
from avow.index.typed.shapes import instances, parts


def carried(scene: Scene, node: Expression) -> frozenset[str]:
    """Return the contracts that the value of an expression may hold; a display shows its items."""
    parts_ = list(inner(node))
    if parts_:
        return frozenset().union(*(carried(scene, each) for each in parts_))
    return scene.shapes.carried(scene.type(node))


def constant(scene: Scene, node: Expression) -> str | None:
    """Return the text that an expression always has, where it is written in it or is a constant's."""
    if isinstance(node, StrExpr):
        return node.value
    known = scene.world.constants.get(node.node) if isinstance(node, RefExpr) and node.node else None
    found = _literals(scene, node) or known
    return found[0] if found is not None and len(found) == 1 else None


def constants(scene: Scene, node: Expression, depth: int = 0) -> frozenset[str] | None:
    """Return the texts that an expression may have, one at a time, where all are written down; else None."""
    if depth > _STEPS:
        return None
    if isinstance(node, StrExpr):
        return frozenset({node.value})
    if isinstance(node, (TupleExpr, ListExpr, SetExpr)):
        return _every(constants(scene, each, depth + 1) for each in node.items)
    known = scene.world.constants.get(node.node) if isinstance(node, RefExpr) and node.node else None
    if known is None and isinstance(node, NameExpr) and isinstance(node.node, Var) and node.node in scene.sources:
        return _every(constants(scene, each, depth + 1) for each in scene.sources[node.node])
    found = known or _literals(scene, node)
    return frozenset(found) if found else None


_STEPS = 6


def _every(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    texts = list(found)
    known = [each for each in texts if each is not None]
    return frozenset().union(*known) if texts and len(known) == len(texts) else None


def _literals(scene: Scene, node: Expression) -> tuple[str, ...] | None:
    """The texts that a type names, if it names all that its values may be."""
    found = []
    for part in parts(scene.type(node)):
        value = part.last_known_value if isinstance(part, Instance) else part
        if not isinstance(value, LiteralType) or not isinstance(value.value, str):
            return None
        found.append(value.value)
    return tuple(found)


def element(type_: Type | None) -> Type | None:
    """Return the type of what a sequence holds, as far as it shows."""
    for part in parts(type_):
        if isinstance(part, TupleType) and part.items:
            return part.items[0] if len(part.items) == 1 else None
    for instance in instances(type_):
        if instance.args:
            return instance.args[0]
    return None


def parameter(scene: Scene, node: Expression) -> Slot | None:
    """Return the parameter that takes anything which an expression names, if its type still says nothing there."""
    variable = node.node if isinstance(node, NameExpr) else None
    slot = scene.loose.get(variable) if isinstance(variable, Var) else None
    return slot if slot is not None and takes_anything(scene, scene.type(node)) else None


def takes_anything(scene: Scene, type_: Type | None) -> bool:
    """Return whether a type, or that of what a sequence of it holds, tells nothing about fields."""
    inner = element(type_)
    return scene.shapes.is_loose(type_) or (inner is not None and scene.shapes.is_loose(inner))


def keep(scene: Scene, node: Expression) -> None:
    """Mark that a value, or what a display holds, goes nowhere from here."""
    scene.mark(node, "kept")
    for each in inner(node):
        keep(scene, each)


def origin(scene: Scene, node: Expression, depth: int = 0) -> str:
    """Return the field that a value was taken from, as `full.Name.field.field`; nothing where it is not known."""
    if depth > 20:
        return ""
    if isinstance(node, MemberExpr):
        owners = {scene.contracts.field(each.type, node.name) for each in instances(scene.type(node.expr))}
        owners.discard(("", ""))
        if len(owners) != 1:
            return ""
        owner, field = owners.pop()
        return f"{origin(scene, node.expr, depth + 1) or owner}.{field}"
    if isinstance(node, NameExpr) and isinstance(node.node, Var):
        return scene.origins.get(node.node, "")
    if isinstance(node, IndexExpr):
        return origin(scene, node.base, depth + 1)
    if isinstance(node, AssignmentExpr):
        return origin(scene, node.value, depth + 1)
    if isinstance(node, CallExpr) and isinstance(node.callee, MemberExpr) and node.callee.name in _TAKING:
        return origin(scene, node.callee.expr, depth + 1)
    if isinstance(node, CallExpr) and isinstance(node.callee, NameExpr) and node.callee.name in _PASSING and node.args:
        return origin(scene, node.args[0], depth + 1)
    return ""


_TAKING = frozenset({"get", "items", "values", "pop", "copy"})
_PASSING = frozenset({"enumerate", "iter", "list", "next", "reversed", "sorted", "tuple"})


def remember_origin(scene: Scene, target: Expression, source: Expression) -> None:
    """Note where a local variable comes from; one that comes from two places comes from none."""
    if isinstance(target, TupleExpr):
        pairs = zip(target.items, source.items, strict=False) if isinstance(source, TupleExpr) else ()
        for left, right in pairs:
            remember_origin(scene, left, right)
        if not isinstance(source, TupleExpr) and target.items:  # `for key, value in event.parts.items()`
            remember_origin(scene, target.items[-1], source)
    elif isinstance(target, NameExpr) and isinstance(target.node, Var):
        found = origin(scene, source)
        known = scene.origins.setdefault(target.node, found)
        if known != found:
            scene.origins[target.node] = ""


def proper(scene: Scene, node: Expression) -> object:
    """Return the type of an expression with aliases resolved, or None."""
    found = scene.type(node)
    return get_proper_type(found) if found is not None else None


def variable_of(scene: Scene, place: Expression) -> Var | None:
    """Return the variable or attribute that an expression names, if it is the services' own."""
    node = getattr(place, "node", None)
    if isinstance(place, MemberExpr) and node is None:
        for part in parts(scene.type(place.expr)):
            if isinstance(part, Instance) and (symbol := part.type.get(place.name)) is not None:
                node = symbol.node
    return node if isinstance(node, Var) and scene.world.is_own(node) else None


def implement(scene: Scene, type_: Type | None, declared: Type | None) -> None:
    """Note that values of a class of the services go where a protocol of theirs is asked for."""
    protocols = [each.type for each in instances(declared) if each.type.is_protocol and scene.world.is_own(each.type)]
    for protocol in protocols:
        found = {each.type for each in instances(type_) if scene.world.is_own(each.type)} - {protocol}
        scene.notes.implements.update((each, protocol) for each in found)
