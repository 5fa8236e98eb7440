"""Types of lists, dicts and the like that are written out: of what stands in them, not of where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    CallExpr,
    ConditionalExpr,
    DictExpr,
    DictionaryComprehension,
    Expression,
    GeneratorExpr,
    IndexExpr,
    IntExpr,
    ListComprehension,
    ListExpr,
    MemberExpr,
    NameExpr,
    OpExpr,
    SetComprehension,
    SetExpr,
    StarExpr,
    StrExpr,
    TupleExpr,
    Var,
)
from mypy.typeops import make_simplified_union
from mypy.types import Instance, TupleType, Type, get_proper_type

from avow.index.observe.scene import Scene
from avow.index.typed.shapes import instances, is_any

_PLAIN = (NameExpr, MemberExpr, StrExpr, IntExpr, IndexExpr)


def inner(node: Expression) -> Iterable[Expression]:
    """Return the expressions whose values are in that of an expression, or of which one is its value."""
    return () if type(node) in _PLAIN else _inner(node)  # most are one of these


def _inner(node: Expression) -> Iterator[Expression]:
    if isinstance(node, CallExpr) and isinstance(node.analyzed, (DictExpr, SetExpr, ListExpr, TupleExpr)):
        node = node.analyzed
    if isinstance(node, (ListExpr, TupleExpr, SetExpr)):
        yield from node.items
    elif isinstance(node, DictExpr):
        yield from (each for key, value in node.items for each in (key, value) if each is not None)
    elif isinstance(node, ConditionalExpr):
        yield from (node.if_expr, node.else_expr)
    elif isinstance(node, OpExpr) and node.op in ("and", "or"):
        yield from (node.left, node.right)
    elif isinstance(node, StarExpr):
        yield node.expr


def refined(scene: Scene, node: Expression) -> Type | None:
    """Return the type of an expression, of a display by what stands in it."""
    type_ = scene.type(node)
    if isinstance(node, CallExpr) and isinstance(node.analyzed, DictExpr):
        node = node.analyzed
    if isinstance(node, ConditionalExpr):
        return _union(scene, (node.if_expr, node.else_expr)) or type_
    known = get_proper_type(type_) if type_ is not None else None
    if isinstance(known, TupleType) and isinstance(node, TupleExpr) and len(known.items) == len(node.items):
        items = [refined(scene, each) or old for each, old in zip(node.items, known.items, strict=True)]
        return known.copy_modified(items=items)
    if isinstance(known, Instance) and known.args and _is_joined(scene, known):
        return _instance(scene, node, known)
    if isinstance(node, MemberExpr) and is_any(known):
        return _from_below(scene, node) or _attribute(scene, node) or type_
    if isinstance(node, IndexExpr) and is_any(known) and is_any(scene.type(node.index)):
        return _item_or_slice(scene, node) or type_
    return type_


def _is_joined(scene: Scene, known: Instance) -> bool:
    """Whether a container's type says no more than what several values, classes or functions have in common."""
    held = [get_proper_type(each) for each in known.args]
    infos = [each.type for each in held if isinstance(each, Instance)]
    return scene.shapes.may_hold(known) or any(
        info.is_metaclass() or info.fullname == "builtins.function" for info in infos
    )


def _from_below(scene: Scene, node: MemberExpr) -> Type | None:
    """`self.event` of a class to be mixed in: those that it is in say what that is."""
    found = []
    for each in instances(scene.type(node.expr)):
        if scene.world.is_own(each.type) and each.type.get(node.name) is None:
            below = scene.world.overrides(each.type, node.name)
            found += [var.type for var in below if isinstance(var, Var) and var.type is not None]
    return make_simplified_union(found) if found else None


def _attribute(scene: Scene, node: MemberExpr) -> Type | None:
    """`lines[at].price`: what a contract says of its field, where more is known of the value than mypy knows."""
    found = []
    for each in instances(refined(scene, node.expr)) if isinstance(node.expr, (IndexExpr, MemberExpr)) else ():
        symbol = each.type.get(node.name) if scene.contracts.name(each.type) else None
        if symbol is not None and symbol.type is not None:
            found.append(symbol.type)
    return make_simplified_union(found) if found else None


def _item_or_slice(scene: Scene, node: IndexExpr) -> Type | None:
    """`lines[at]`: where nothing is known of an index, it may be a number or a slice."""
    for each in instances(scene.type(node.base)):
        if each.args and each.type.get("__getitem__") is not None and scene.shapes.carried(each):
            return make_simplified_union([each.args[-1], each]) if len(each.args) == 1 else each.args[-1]
    return None


def _instance(scene: Scene, node: Expression, known: Instance) -> Type:
    held: list[Type | None] = []
    if isinstance(node, DictExpr) and all(key is not None for key, _ in node.items):
        keys = [key for key, _ in node.items if key is not None]
        held = [_union(scene, keys), _union(scene, [value for _, value in node.items])]
    elif isinstance(node, DictionaryComprehension):
        held = [refined(scene, node.key) if node.key is not None else None, refined(scene, node.value)]
    elif isinstance(node, (ListExpr, SetExpr)) and not any(isinstance(each, StarExpr) for each in node.items):
        held = [_union(scene, node.items)]
    elif isinstance(node, (ListComprehension, SetComprehension)):
        held = [refined(scene, node.generator.left_expr)]
    elif isinstance(node, GeneratorExpr):
        held = [refined(scene, node.left_expr)]
    args = [*(new or old for new, old in zip(held, known.args, strict=False)), *known.args[len(held) :]]
    return known.copy_modified(args=args)


def _union(scene: Scene, nodes: Iterable[Expression]) -> Type | None:
    types = [type_ for type_ in (refined(scene, each) for each in nodes) if type_ is not None]
    return make_simplified_union(types) if types else None
