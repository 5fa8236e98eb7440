"""Statements: where values are kept, and what loses sight of them there."""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import (
    AssertStmt,
    AssignmentExpr,
    AssignmentStmt,
    AwaitExpr,
    CallExpr,
    ComparisonExpr,
    DelStmt,
    DictExpr,
    DictionaryComprehension,
    Expression,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    GeneratorExpr,
    IfStmt,
    IndexExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    OperatorAssignmentStmt,
    OpExpr,
    ReturnStmt,
    StarExpr,
    TupleExpr,
    UnaryExpr,
    Var,
    WhileStmt,
    YieldExpr,
)
from mypy.types import AnyType, CallableType, Instance, Type, TypeOfAny, get_proper_type

from avow.index.observe.displays import refined
from avow.index.observe.formals import iterated
from avow.index.observe.notes import DICT, LIST, RESULT, Flow, Held, Slot
from avow.index.observe.registry import handle, named_in
from avow.index.observe.scene import Scene, text_of
from avow.index.observe.sends import remember_encoded
from avow.index.observe.sources import held_in, remember_source
from avow.index.observe.values import carried, implement, keep, remember_origin, variable_of
from avow.index.typed.shapes import is_any, parts

# where attributes are set


def _mark_written(scene: Scene, target: Expression, role: str) -> None:
    if isinstance(target, (TupleExpr, ListExpr)):
        for each in target.items:
            _mark_written(scene, each, role)
    elif isinstance(target, StarExpr):
        _mark_written(scene, target.expr, role)
    elif isinstance(target, (MemberExpr, NameExpr)):
        scene.mark(target, role)
    if isinstance(target, NameExpr) and isinstance(target.node, Var) and target.is_inferred_def:
        scene.notes.locals.append(target.node)


def on_assignment(scene: Scene, node: AssignmentStmt) -> None:
    """Note where a value is put."""
    if node.type is not None:
        scene.mention(scene.shapes.carried(node.type))
    for target in node.lvalues:
        _mark_written(scene, target, "write")
        remember_origin(scene, target, node.rvalue)
        remember_encoded(scene, target, node.rvalue)
        for place, value in _pairs(target, node.rvalue):
            _put(scene, place, value, node.line)
            remember_source(scene, place, value)


def _pairs(target: Expression, value: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(target, (TupleExpr, ListExpr)):
        if isinstance(value, (TupleExpr, ListExpr)) and len(value.items) == len(target.items):
            for left, right in zip(target.items, value.items, strict=True):
                yield from _pairs(left, right)
    else:
        yield target, value


def _put(scene: Scene, place: Expression, value: Expression, line: int) -> None:
    shown = carried(scene, value)
    if isinstance(place, IndexExpr):
        if shown and not store(scene, place.base, value, DICT):
            scene.escape(scene.shapes.lost(shown, _item(scene.type(place.base))), line, f"into {text_of(place.base)}")
        return
    variable = variable_of(scene, place)
    if variable is not None and (isinstance(place, MemberExpr) or "." in variable.fullname):
        scene.notes.held += [Held(Slot(variable), each) for each in held_in(scene, value)]
    if variable is None or scene.world.is_unwritten(variable):
        type_ = refined(scene, value)
        lost = scene.shapes.lost(shown, type_) if shown else shown
        if variable is not None and type_ is not None and not (isinstance(place, NameExpr) and lost):
            _widen(scene, variable, place, type_, is_empty=isinstance(value, (ListExpr, DictExpr)) and not value.items)
    else:
        implement(scene, scene.type(value), variable.type)
        lost = scene.shapes.lost(shown, variable.type)
    scene.escape(lost, line, f"into {text_of(place)}")


def _widen(scene: Scene, variable: Var, place: Expression, type_: Type, *, is_empty: bool = False) -> None:
    """An attribute, or a variable of a module, may be set in several functions; of others mypy may know less.

    What an empty container in one of those will hold, what is put there tells.
    """
    is_local = not isinstance(place, MemberExpr) and "." not in variable.fullname
    scene.notes.places.append((variable, place))
    if not is_local or (not is_empty and _tells_more(scene, variable, type_)):
        scene.notes.flows.append(Flow(Slot(variable), type_, origin=scene.around))


def _tells_more(scene: Scene, variable: Var, type_: Type) -> bool:
    """Whether a type shows contracts of which that of a variable says nothing, or did not before it was inferred."""
    shown = scene.shapes.carried(type_)
    if not shown or not scene.world.is_own(variable) or not scene.world.is_unwritten(variable):
        return False
    return variable in scene.world.inferred or bool(shown - scene.shapes.carried(variable.type))


def _iterate(scene: Scene, index: Expression, sequence: Expression) -> None:
    """`for event in (shipped, returned)` goes over both, and not over what they have in common."""
    type_ = iterated(scene, refined(scene, sequence)) if isinstance(index, NameExpr) else None
    if type_ is not None and isinstance(index, NameExpr) and isinstance(index.node, Var):
        _widen(scene, index.node, index, type_)


def store(scene: Scene, container: Expression, value: Expression, shape: int, depth: int = 1) -> bool:
    """Note that a container whose type nobody wrote down gets a value; return whether it is such a container."""
    if isinstance(container, IndexExpr):
        return store(scene, container.base, value, shape, depth + 1)
    if isinstance(container, CallExpr):  # `by_key.setdefault(key, []).append(value)`
        callee = container.callee
        if isinstance(callee, MemberExpr) and callee.name == "setdefault":
            return store(scene, callee.expr, value, shape, depth + 1)
    return _store_type(scene, container, refined(scene, value), shape, depth)


def _store_type(scene: Scene, container: Expression, type_: Type | None, shape: int, depth: int) -> bool:
    variable = variable_of(scene, container)
    if variable is None or type_ is None or not scene.world.is_unwritten(variable):
        return False
    if not _is_open(variable.type, depth) and not _tells_more(scene, variable, type_):
        return False
    scene.notes.flows.append(Flow(Slot(variable, shape, depth), type_, origin=scene.around))
    return True


def store_all(scene: Scene, container: Expression, values: Expression) -> bool:
    """The same where it gets all that another container holds."""
    type_ = refined(scene, values)
    for part in parts(type_):
        if isinstance(part, Instance) and len(part.args) == _PAIR:
            return _store_type(scene, container, part.args[1], DICT, 1)
    return _store_type(scene, container, iterated(scene, type_), LIST, 1)


_PAIR = 2
"""Type arguments of what maps keys to values."""


def _is_open(type_: Type | None, depth: int) -> bool:
    """Whether what a container holds, so many containers deep, is not known."""
    for _ in range(depth):
        type_ = _item(type_)
        if type_ is None or is_any(type_):
            return type_ is not None
    return False


def _item(type_: Type | None) -> Type | None:
    """Return the type of what a container holds."""
    for part in parts(type_):
        if isinstance(part, Instance) and part.args:
            return part.args[-1]
    return None


def on_update(scene: Scene, node: OperatorAssignmentStmt) -> None:
    """`event.count += 1` reads and writes; `events += [event]` puts what it adds into a container."""
    _mark_written(scene, node.lvalue, "update")
    if node.op in ("+", "|"):
        store_all(scene, node.lvalue, node.rvalue)


def on_delete(scene: Scene, node: DelStmt) -> None:
    """`del event.note` writes."""
    _mark_written(scene, node.expr, "write")


# where values leave


def on_return(scene: Scene, node: ReturnStmt) -> None:
    """Note what a function gives back, if nobody wrote that down or what was written says nothing."""
    function = scene.functions[-1] if scene.functions else None
    if node.expr is not None and isinstance(function, FuncDef):
        _give_back(scene, function, node.expr, node.line)


def on_yield(scene: Scene, node: YieldExpr) -> None:
    """The same of what a generator gives."""
    function = scene.functions[-1] if scene.functions else None
    if node.expr is not None and isinstance(function, FuncDef):
        _give_back(scene, function, node.expr, node.line)


def _give_back(scene: Scene, function: FuncDef, value: Expression, line: int) -> None:
    declared = result(function)
    scene.notes.held += [Held(Slot(function, RESULT), each) for each in held_in(scene, value)]
    if declared is None:
        type_ = refined(scene, value)
        if type_ is not None:
            scene.notes.flows.append(Flow(Slot(function, RESULT), type_, origin=scene.around))
        keep(scene, value)
        return
    implement(scene, scene.type(value), declared)
    lost = scene.shapes.lost(carried(scene, value), declared)
    if lost:
        scene.notes.returned.append((function, scene.fact("escape", "", "*", line, f"out of {function.name}"), lost))


def result(function: FuncDef) -> Type | None:
    """Return the type that is written as a function's result, or None where none is."""
    if isinstance(function.unanalyzed_type, CallableType) and isinstance(function.type, CallableType):
        mark = get_proper_type(function.unanalyzed_type.ret_type)
        if not is_unwritten(mark):
            return function.type.ret_type
    return None


def is_unwritten(mark: Type) -> bool:
    """Return whether a type in a signature is only there because none was written."""
    return isinstance(mark, AnyType) and mark.type_of_any == TypeOfAny.unannotated


# where they come from, and where they are only looked at


def on_for(scene: Scene, node: ForStmt) -> None:
    """What is iterated over is where the variable comes from."""
    _mark_written(scene, node.index, "write")
    remember_origin(scene, node.index, node.expr)
    remember_source(scene, node.index, node.expr)
    _iterate(scene, node.index, node.expr)


def on_comprehension(scene: Scene, node: GeneratorExpr | DictionaryComprehension) -> None:
    """The same for each of its loops."""
    for index, sequence in zip(node.indices, node.sequences, strict=True):
        _mark_written(scene, index, "write")
        remember_origin(scene, index, sequence)
        remember_source(scene, index, sequence)
        _iterate(scene, index, sequence)


def on_walrus(scene: Scene, node: AssignmentExpr) -> None:
    """`(address := event.address)`."""
    _mark_written(scene, node.target, "write")
    remember_origin(scene, node.target, node.value)
    remember_source(scene, node.target, node.value)


def on_comparison(scene: Scene, node: ComparisonExpr) -> None:
    """To compare a value reads no field of it by name; `type(event) is AddressChanged` asks what came in."""
    for each in node.operands:
        keep(scene, each)
    handle(scene, [found for each in node.operands for found in named_in(scene, each)])


def on_condition(scene: Scene, node: IfStmt | WhileStmt | AssertStmt | UnaryExpr) -> None:
    """Nor does to ask whether it is there."""
    for each in node.expr if isinstance(node, IfStmt) else [node.expr]:
        keep(scene, each)


def on_statement(scene: Scene, node: ExpressionStmt) -> None:
    """What a call gives back is not looked at, if it is all that a statement does."""
    keep(scene, node.expr)
    value = node.expr.expr if isinstance(node.expr, AwaitExpr) else node.expr
    if isinstance(value, CallExpr):
        scene.dropped.add(id(value.callee))


def on_operation(scene: Scene, node: OpExpr) -> None:
    """`"%s" % event` writes it whole."""
    if node.op == "%":
        keep(scene, node.right)


ON = {
    AssignmentStmt: on_assignment,
    OperatorAssignmentStmt: on_update,
    DelStmt: on_delete,
    ReturnStmt: on_return,
    YieldExpr: on_yield,
    ForStmt: on_for,
    GeneratorExpr: on_comprehension,
    DictionaryComprehension: on_comprehension,
    AssignmentExpr: on_walrus,
    ComparisonExpr: on_comparison,
    IfStmt: on_condition,
    WhileStmt: on_condition,
    AssertStmt: on_condition,
    UnaryExpr: on_condition,
    ExpressionStmt: on_statement,
    OpExpr: on_operation,
}
