"""Attributes: fields that are read and written, and those of values whose type is not known."""

from __future__ import annotations

from mypy.nodes import ConditionalExpr, Expression, FuncDef, IndexExpr, MemberExpr, NameExpr, SymbolNode, TypeInfo
from mypy.types import Type

from avow.index.fact import WHOLE, Kind
from avow.index.observe.displays import refined
from avow.index.observe.notes import RESULT, Access, Call, Slot
from avow.index.observe.resolve import annotation
from avow.index.observe.scene import Scene, line_of, module_of
from avow.index.observe.sources import sources
from avow.index.observe.values import origin, parameter
from avow.index.observe.wrappers import function_of
from avow.index.typed.shapes import classes, instances, is_nothing

REFLECTION = frozenset({"__struct_fields__", "__struct_encode_fields__", "__dict__", "__annotations__", "__slots__"})
_REFINED = (ConditionalExpr, IndexExpr, MemberExpr)
_KINDS: dict[str, tuple[Kind, ...]] = {"write": ("write",), "update": ("read", "write")}


def on_member(scene: Scene, node: MemberExpr) -> None:
    """Note the access to an attribute, unless it is one of a module."""
    module = module_of(node.expr)
    if module is not None:
        if node.name == "__dict__":
            scene.escape_all(module.fullname, node.line, "looked up in its module by name")
        return
    receiver = refined(scene, node.expr) if isinstance(node.expr, _REFINED) else scene.type(node.expr)
    for kind in _KINDS.get(scene.role(node), ("read",)):
        access(scene, kind, node.expr, receiver, node.name, line_of(node))
    if node.name in REFLECTION:
        reason = f"{node.name}, which names all fields"
        scene.escape(_shown(scene, receiver), node.line, reason)
        access_all(scene, node.expr, node.line, reason)
    elif _ends_here(scene, node):
        scene.mark(node.expr, "kept")
    _use(scene, node, receiver)


def _ends_here(scene: Scene, node: MemberExpr) -> bool:
    """Whether no more of a value is used than an attribute which holds no values of contracts, or goes nowhere."""
    return node.name in scene.contracts.plain or scene.role(node) in ("kept", "write")


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
    if found == {("", "")}:
        _note_lacking(scene, kind, [each.type for each in instances(receiver)], attribute, line)
    if attribute in scene.contracts.by_attribute and is_untyped(scene, receiver):
        slots, path = sources(scene, node)
        fact = scene.fact("maybe", WHOLE, attribute, line, _why(slots))
        scene.notes.accesses.append(Access(attribute, fact, slots, path))


def perhaps(scene: Scene, node: Expression, receiver: Type | None, attribute: str, line: int, reason: str) -> None:
    """Note that an attribute of a value may be read, by a name that is one of several or stands in a text."""
    found = {scene.contracts.field(each.type, attribute) for each in instances(receiver)} - {("", "")}
    for name, field in sorted(found):
        scene.notes.facts.append(scene.fact("maybe", name, field, line, reason, origin(scene, node)))
    if attribute in scene.contracts.by_attribute and is_untyped(scene, receiver):
        slots, path = sources(scene, node)
        fact = scene.fact("maybe", WHOLE, attribute, line, reason)
        scene.notes.accesses.append(Access(attribute, fact, slots, path))


def attribute_type(type_: Type | None, name: str) -> Type | None:
    """Return the type of an attribute of values of a type, if that says it."""
    for instance in instances(type_):
        symbol = instance.type.get(name)
        if symbol is not None and symbol.type is not None:
            return symbol.type
    return None


def access_all(scene: Scene, node: Expression, line: int, reason: str) -> None:
    """Note that all attributes of a value are looked at, if its type is not known."""
    if is_untyped(scene, scene.type(node)):
        slots, path = sources(scene, node)
        fact = scene.fact("escape", "", WHOLE, line, f"{reason}, if it is one")
        scene.notes.accesses.append(Access(WHOLE, fact, slots, path))


NO_FIELD = "there is no such field"


def _note_lacking(scene: Scene, kind: Kind, infos: list[TypeInfo], attribute: str, line: int) -> None:
    """A field that none of the types has: code may still know what the schema has lost."""
    if all(scene.contracts.lacks(info, attribute) for info in infos):
        for name in sorted({scene.contracts.name(info) for info in infos}):
            scene.notes.facts.append(scene.fact(kind, name, attribute, line, NO_FIELD))


def _why(slots: frozenset[Slot] | None) -> str:
    """Return why a type is not known, as far as an annotation would make it known."""
    names = [parameter_name(slot) for slot in slots or ()]
    return f"{names[0]} has no annotation" if len(names) == 1 and names[0] else "its type is not known"


def parameter_name(slot: Slot) -> str:
    """Return the name of the parameter that a slot is, if it has no annotation."""
    node, index = slot.node, slot.index
    if isinstance(node, FuncDef) and index != RESULT and annotation(node, index) is None:
        return node.arg_names[index] or ""
    return ""


def is_untyped(scene: Scene, type_: Type | None) -> bool:
    """Return whether attributes of a value are not known: any type, the base of all contracts, unchecked code.

    Nor are they where the services say in a protocol which they want: contracts have fields of such names too.
    """
    if type_ is None or is_nothing(type_):
        return True
    return scene.shapes.tells_nothing(type_) and not scene.is_foreign(type_)


def _shown(scene: Scene, type_: Type | None) -> frozenset[str]:
    named = frozenset(scene.contracts.name(each) for each in classes(type_)) - {""}
    return named | scene.shapes.carried(type_)


def _use(scene: Scene, node: MemberExpr, receiver: Type | None) -> None:
    """Note what the type of an attribute depends on, so that this is looked at again when that changes."""
    symbols = [instance.type.get(node.name) for instance in instances(receiver)]
    for found in (node.node, *(symbol.node for symbol in symbols if symbol is not None)):
        if found is not None:
            _refer(scene, found, node)


def _refer(scene: Scene, node: SymbolNode, place: Expression) -> None:
    function = function_of(node)
    if function is None or id(place) not in scene.dropped:
        scene.notes.uses.add(node)
    if function is not None and scene.world.is_own(function):
        scene.notes.calls.append(Call((scene.file, scene.function), function))


def on_name(scene: Scene, node: NameExpr) -> None:
    """Note what a name stands for: what its type depends on, and a parameter that goes on from here."""
    if node.node is not None:
        _refer(scene, node.node, node)
    slot = parameter(scene, node)
    if slot is not None and scene.role(node) not in ("kept", "write"):
        scene.notes.leaking.add(slot)


ON = {MemberExpr: on_member, NameExpr: on_name}
