"""Methods that are called without being named: by operators, by indices, and by attributes that are set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    AssignmentStmt,
    ComparisonExpr,
    Decorator,
    Expression,
    FuncDef,
    IndexExpr,
    MemberExpr,
    OperatorAssignmentStmt,
    OpExpr,
    OverloadedFuncDef,
    TypeInfo,
    Var,
)
from mypy.operators import inplace_operator_methods, op_methods, reverse_op_methods

from avow.index.observe.displays import refined
from avow.index.observe.giving import give
from avow.index.observe.notes import Call
from avow.index.observe.resolve import Bound
from avow.index.observe.scene import Scene
from avow.index.observe.wrappers import function_of
from avow.index.typed.shapes import instances


def on_operation(scene: Scene, node: OpExpr) -> None:
    """`basket + event`."""
    if node.op in op_methods:
        _call(scene, node.left, op_methods[node.op], node.right)
        _call(scene, node.right, reverse_op_methods.get(op_methods[node.op], ""), node.left)


def on_update(scene: Scene, node: OperatorAssignmentStmt) -> None:
    """`basket += event`."""
    if node.op in inplace_operator_methods:
        _call(scene, node.lvalue, f"__i{op_methods[node.op][2:]}", node.rvalue)
    _call(scene, node.lvalue, op_methods.get(node.op, ""), node.rvalue)


def on_comparison(scene: Scene, node: ComparisonExpr) -> None:
    """`event in basket`, `basket < event`."""
    for operator, left, right in zip(node.operators, node.operands, node.operands[1:], strict=False):
        if operator in ("in", "not in"):
            _call(scene, right, "__contains__", left)
        elif operator in op_methods:
            _call(scene, left, op_methods[operator], right)


def on_index(scene: Scene, node: IndexExpr) -> None:
    """`basket[event]`."""
    _call(scene, node.base, "__getitem__", node.index)


def on_assignment(scene: Scene, node: AssignmentStmt) -> None:
    """`basket[key] = event`, `basket.last = event` where that is a property or a descriptor."""
    for place in node.lvalues:
        if isinstance(place, IndexExpr):
            _call(scene, place.base, "__setitem__", place.index, node.rvalue)
        elif isinstance(place, MemberExpr):
            for each in instances(scene.type(place.expr)):
                symbol = each.type.get(place.name)
                _set(scene, symbol.node if symbol is not None else None, node.rvalue)


def _set(scene: Scene, attribute: object, value: Expression) -> None:
    if isinstance(attribute, OverloadedFuncDef) and attribute.is_property:
        setters = [each for each in attribute.items[1:] if isinstance(each, Decorator) and len(each.func.arguments) > 1]
        _give(scene, (each.func for each in setters), (1, value))
    elif isinstance(attribute, Var):
        infos = [each.type for each in instances(attribute.type) if scene.world.is_own(each.type)]
        _give(scene, _methods(infos, "__set__"), (2, value))


def _call(scene: Scene, receiver: Expression, name: str, *arguments: Expression) -> None:
    infos = [each.type for each in instances(scene.type(receiver)) if scene.world.is_own(each.type)]
    if infos and name:
        _give(scene, _methods(infos, name), *enumerate(arguments, start=1))


def _methods(infos: Iterable[TypeInfo], name: str) -> Iterator[FuncDef]:
    for info in infos:
        symbol = info.get(name)
        function = function_of(symbol.node) if symbol is not None else None
        if function is not None:
            yield function


def _give(scene: Scene, functions: Iterable[FuncDef], *arguments: tuple[int, Expression]) -> None:
    for function in functions:
        if scene.world.is_own(function):
            scene.notes.calls.append(Call((scene.file, scene.function), function))
            for index, value in arguments:
                if index < len(function.arguments):
                    give(scene, function, Bound(index, value, refined(scene, value)), certain=True)


ON = {
    OpExpr: on_operation,
    OperatorAssignmentStmt: on_update,
    ComparisonExpr: on_comparison,
    IndexExpr: on_index,
    AssignmentStmt: on_assignment,
}
