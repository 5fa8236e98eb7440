"""Definitions: what a function's parameters and a class's bases say about what comes in."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ClassDef, FuncDef, LambdaExpr, OverloadedFuncDef, TypeInfo
from mypy.types import CallableType, Instance, Overloaded, Type
from mypy.typevars import fill_typevars

from avow.index.fact import WHOLE
from avow.index.observe.notes import Flow, Slot
from avow.index.observe.registry import is_contract
from avow.index.observe.resolve import annotation
from avow.index.observe.scene import Scene
from avow.index.observe.values import takes_anything
from avow.index.observe.wrappers import function_of
from avow.index.typed.shapes import is_nothing


def on_function(scene: Scene, node: FuncDef) -> None:
    """Note what comes in by the parameters that are annotated; called inside of the function's scope."""
    for index in range(len(node.arguments)):
        declared = annotation(node, index)
        if declared is None:
            _inherit(scene, node, index)
            _by_default(scene, node, index)
            continue
        shown = scene.shapes.carried(declared)
        scene.mention(shown)
        for name in sorted(shown):
            if is_contract(scene, name):
                fact = scene.fact("handle", name, WHOLE, node.line)
                scene.notes.handled.append((fact, node, index))
    watch(scene, node)


def on_overload(scene: Scene, whole: OverloadedFuncDef, node: FuncDef) -> None:
    """What stands behind overloads gets what any of them takes."""
    if not isinstance(whole.type, Overloaded):
        return
    for index in range(len(node.arguments)):
        if annotation(node, index) is None:
            types = [item.arg_types[index] for item in whole.type.items if index < len(item.arg_types)]
            telling = [type_ for type_ in types if scene.shapes.carried(type_)]
            scene.notes.flows += [Flow(Slot(node, index), type_, bound=True) for type_ in telling and types]


def on_lambda(scene: Scene, node: LambdaExpr) -> None:
    """Note what comes in by the parameters of a lambda; called inside of its scope."""
    for index in range(len(node.arguments)):
        if annotation(node, index) is None:
            _by_default(scene, node, index)
    watch(scene, node)


def _by_default(scene: Scene, node: FuncDef | LambdaExpr, index: int) -> None:
    """A parameter without annotation gets its default: `lambda event=event: event.reason` keeps what it is now."""
    default = node.arguments[index].initializer
    type_ = scene.type(default) if default is not None else None
    if type_ is not None and not is_nothing(type_):
        scene.notes.flows.append(Flow(Slot(node, index), type_))


def watch(scene: Scene, node: FuncDef | LambdaExpr) -> None:
    """Remember the parameters that take anything, to see what becomes of them."""
    for index, argument in enumerate(node.arguments):
        is_own = argument.variable.is_self or argument.variable.is_cls
        if not is_own and takes_anything(scene, argument.variable.type):
            scene.loose[argument.variable] = Slot(node, index)


def _inherit(scene: Scene, node: FuncDef, index: int) -> None:
    """A parameter without annotation has the type of that which it overrides."""
    if not node.info or index == 0:
        return
    for base in node.info.mro[1:]:
        symbol = base.names.get(node.name)
        above = function_of(symbol.node) if symbol is not None else None
        if above is not None and isinstance(above.type, CallableType):
            type_ = _above(node.info, base, above.type, index)
            if type_ is not None and scene.shapes.carried(type_):
                scene.notes.flows.append(Flow(Slot(node, index), type_, bound=True))
            return


def _above(info: TypeInfo, base: TypeInfo, type_: CallableType, index: int) -> Type | None:
    if index >= len(type_.arg_types):
        return None
    own = fill_typevars(info)
    assert isinstance(own, Instance)
    return expand_type_by_instance(type_.arg_types[index], map_instance_to_supertype(own, base))


def on_class(scene: Scene, node: ClassDef) -> None:
    """`class Projection(Handler[AddressChanged])` handles it."""
    for name in sorted(_by_bases(scene, node.info)):
        scene.mention({name})
        if is_contract(scene, name):
            scene.note("handle", name, WHOLE, node.line)


def _by_bases(scene: Scene, info: TypeInfo) -> Iterator[str]:
    for base in info.bases if not info.is_named_tuple else ():
        for argument in base.args:
            yield from (name for name in scene.shapes.carried(argument) if not name.startswith("~"))


ON = {ClassDef: on_class}
