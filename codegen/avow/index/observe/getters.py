"""`operator.attrgetter`: fields that are read by their paths, of whatever the getter is called with."""

from __future__ import annotations

from mypy.nodes import CallExpr, Expression, NameExpr, RefExpr, Var
from mypy.types import Type

from avow.index.fact import WHOLE
from avow.index.observe.members import access, attribute_type
from avow.index.observe.notes import Access
from avow.index.observe.scene import Scene
from avow.index.observe.values import constant, keep, variable_of
from avow.index.typed.tops import Getter, is_getter

_NOT_CONSTANT = "an attribute whose name is not constant"


def getter_of(scene: Scene, node: Expression) -> Getter | None:
    """Return the getter that an expression stands for, if it is one: made here, or in a variable."""
    if isinstance(node, CallExpr):
        return Getter(node, scene.file) if is_getter(node) else None
    if isinstance(node, NameExpr) and isinstance(node.node, Var):
        made = [each for each in scene.sources.get(node.node, ()) if isinstance(each, CallExpr) and is_getter(each)]
        if made:
            return Getter(made[0], scene.file)
    if not scene.world.getters or not isinstance(node, RefExpr):
        return None
    variable = variable_of(scene, node)
    return scene.world.getters.get(variable) if variable is not None else None


def made(scene: Scene, call: CallExpr) -> bool:
    """A getter that is made and not used at once may be used with anything that is about."""
    for each in call.args if scene.role(call) != "got" else ():
        path = constant(scene, each)
        if path is None:
            fact = scene.fact("escape", "", WHOLE, each.line, f"{_NOT_CONSTANT}, if it is one")
            scene.notes.accesses.append(Access(WHOLE, fact, None))
            continue
        parts = path.split(".")
        for number, name in enumerate(parts):
            fact = scene.fact("maybe", WHOLE, name, each.line, "its type is not known")
            if name in scene.contracts.by_attribute:
                scene.notes.accesses.append(Access(name, fact, None, tuple(parts[:number])))
    return True


def get(scene: Scene, getter: Getter, call: CallExpr) -> None:
    """`attrgetter("a.b")(value)`."""
    scene.mark(getter.call, "got")
    for value in call.args[:1]:
        get_paths(scene, getter, scene.type(value), value)
        keep(scene, value)


def get_paths(scene: Scene, getter: Getter, type_: Type | None, value: Expression) -> None:
    """Note the fields that a getter reads of values of a type; the line is where they are named, if in this file."""
    for each in getter.call.args:
        line = each.line if getter.file == scene.file else value.line
        path = constant(scene, each)
        if path is None:
            scene.escape(scene.shapes.carried(type_), line, _NOT_CONSTANT)
            continue
        current = type_
        for part in path.split("."):
            access(scene, "read", value, current, part, line)
            current = attribute_type(current, part)
