"""Values of contracts that are built: which, and which of their fields are set."""

from __future__ import annotations

from mypy.nodes import (
    ARG_NAMED,
    ARG_POS,
    ARG_STAR2,
    CallExpr,
    DictExpr,
    Expression,
    RefExpr,
    StrExpr,
    TypeAlias,
    TypeInfo,
)
from mypy.types import CallableType

from avow.index.fact import WHOLE
from avow.index.observe.members import NO_FIELD
from avow.index.observe.resolve import applied_classes
from avow.index.observe.scene import Scene
from avow.index.observe.values import keep
from avow.index.typed.shapes import classes


def built(scene: Scene, call: CallExpr) -> bool:
    """Note the value of a contract that a call builds, if it does."""
    type_ = scene.type(call.callee)
    if isinstance(type_, CallableType) and not type_.is_type_obj():
        return False
    infos = [info for info in classes(type_) if scene.contracts.name(info)]
    if infos and _is_other_name(call):
        keep(scene, call.args[0])
        return True
    for info in infos:
        build(scene, call, info, call.args, 0)
    partly = [info for info in applied_classes(type_) if scene.contracts.name(info)]
    for info in partly:
        set_fields(scene, call, info, call.args, 0)
    return bool(infos or partly)


def _is_other_name(call: CallExpr) -> bool:
    """Whether it is a new type that is called: it gives back what it gets, and fields of contracts have to be named."""
    is_alias = isinstance(call.callee, RefExpr) and isinstance(call.callee.node, TypeAlias)
    return is_alias and call.arg_kinds == [ARG_POS]


def build(scene: Scene, call: CallExpr, info: TypeInfo, arguments: list[Expression], first: int) -> None:
    """Note that arguments of a call, from the ``first`` on, are the fields of a new value."""
    scene.note("construct", scene.contracts.name(info), WHOLE, call.line)
    set_fields(scene, call, info, arguments, first)


def set_fields(scene: Scene, call: CallExpr, info: TypeInfo, arguments: list[Expression], first: int) -> None:
    """Note which fields arguments of a call set, by name or in the order of the class."""
    attributes = scene.contracts.attributes(info)
    position = 0
    for number in range(first, len(call.args)):
        argument, kind, name = arguments[number], call.arg_kinds[number], call.arg_names[number]
        if kind == ARG_NAMED and name:
            _write(scene, info, name, argument.line)
        elif kind == ARG_POS and position < len(attributes):
            _write(scene, info, attributes[position], argument.line)
            position += 1
        elif kind == ARG_STAR2 and isinstance(argument, DictExpr) and _is_written_out(argument):
            for key, _ in argument.items:
                if isinstance(key, StrExpr):
                    _write(scene, info, key.value, key.line)
        elif kind not in (ARG_NAMED, ARG_POS):
            scene.escape(
                {scene.contracts.name(info)}, call.line, f"{'**' if kind == ARG_STAR2 else '*'} into its fields"
            )


def _is_written_out(display: DictExpr) -> bool:
    return all(isinstance(key, StrExpr) for key, _ in display.items)


def _write(scene: Scene, info: TypeInfo, attribute: str, line: int) -> None:
    name, field = scene.contracts.field(info, attribute)
    if name:
        scene.note("write", name, field, line)
    elif scene.contracts.lacks(info, attribute):
        scene.notes.facts.append(scene.fact("write", scene.contracts.name(info), attribute, line, NO_FIELD))
