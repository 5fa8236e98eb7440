"""Attributes: fields that are read and written, and those of values whose type is not known."""

from __future__ import annotations

from mypy.nodes import CallExpr, Expression, IndexExpr, MemberExpr, NameExpr, SymbolNode, Var
from mypy.types import Type

from avow.index.fact import WHOLE, Kind
from avow.index.observe.notes import Access, Call
from avow.index.observe.resolve import function_of
from avow.index.observe.scene import Scene, line_of, module_of
from avow.index.observe.values import origin, parameter
from avow.index.typed.shapes import classes, instances, is_any, is_nothing

REFLECTION = frozenset({"__struct_fields__", "__struct_encode_fields__", "__dict__", "__annotations__", "__slots__"})
_KINDS: dict[str, tuple[Kind, ...]] = {"write": ("write",), "update": ("read", "write")}


def on_member(scene: Scene, node: MemberExpr) -> None:
    """Note the access to an attribute, unless it is one of a module."""
    module = module_of(node.expr)
    if module is not None:
        if node.name == "__dict__":
            scene.escape(scene.contracts.in_namespace(module.fullname), node.line, "looked up in its module by name")
        return
    receiver = scene.type(node.expr)
    for kind in _KINDS.get(scene.role(node), ("read",)):
        access(scene, kind, node.expr, receiver, node.name, line_of(node))
    if node.name in REFLECTION:
        scene.escape(_shown(scene, receiver), node.line, f"{node.name}, which names all fields")
    _use(scene, node, receiver)


def access(scene: Scene, kind: Kind, node: Expression, receiver: Type | None, attribute: str, line: int) -> None:
    """Note that an attribute of a value is read or written.

    Args:
        scene: Where.
        kind: Which of the two.
        node: The value.
        receiver: Its type.
        attribute: The attribute's name.
        line: The line of that name.
    """
    found = {scene.contracts.field(each.type, attribute) for each in instances(receiver)}
    found |= {scene.contracts.field(each, attribute) for each in classes(receiver)}
    for name, field in sorted(found - {("", "")}):
        scene.note(kind, name, field, line, origin(scene, node))
    if attribute in scene.contracts.by_attribute and is_untyped(scene, receiver):
        fact = scene.fact("maybe", WHOLE, attribute, line)
        scene.notes.accesses.append(Access(attribute, fact, *_root(node)))


def is_untyped(scene: Scene, type_: Type | None) -> bool:
    """Return whether attributes of a value are not known: any type, the base of all contracts, unchecked code."""
    if is_any(type_) or is_nothing(type_):
        return True
    return any(each.type.fullname in ("builtins.object", scene.contracts.record) for each in instances(type_))


def _root(node: Expression) -> tuple[Var | None, tuple[str, ...]]:
    """Return the variable that a value was taken from and the attributes on the way."""
    path: list[str] = []
    while True:
        if isinstance(node, MemberExpr):
            path.append(node.name)
            node = node.expr
        elif isinstance(node, IndexExpr):
            node = node.base
        elif isinstance(node, CallExpr):
            node = node.callee
        else:
            break
    root = node.node if isinstance(node, NameExpr) and isinstance(node.node, Var) else None
    return root, tuple(reversed(path))


def _shown(scene: Scene, type_: Type | None) -> frozenset[str]:
    named = frozenset(scene.contracts.name(each) for each in classes(type_)) - {""}
    return named | scene.shapes.carried(type_)


def _use(scene: Scene, node: MemberExpr, receiver: Type | None) -> None:
    """Note what the type of an attribute depends on, so that this is looked at again when that changes."""
    symbols = [instance.type.get(node.name) for instance in instances(receiver)]
    for found in (node.node, *(symbol.node for symbol in symbols if symbol is not None)):
        if found is not None:
            _refer(scene, found)


def _refer(scene: Scene, node: SymbolNode) -> None:
    scene.notes.uses.add(node)
    function = function_of(node)
    if function is not None and scene.world.is_own(function):
        scene.notes.calls.append(Call((scene.file, scene.function), function))


def on_name(scene: Scene, node: NameExpr) -> None:
    """Note what a name stands for: what its type depends on, and a parameter that goes on from here."""
    if node.node is not None:
        _refer(scene, node.node)
    slot = parameter(scene, node)
    if slot is not None and scene.role(node) not in ("kept", "write"):
        scene.notes.leaking.add(slot)


ON = {MemberExpr: on_member, NameExpr: on_name}
