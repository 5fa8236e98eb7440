"""Functions that are handed to others, which call them: with what, the other's signature or the call tells.

`sorted(parts, key=by_name)` calls `by_name` with a part; `pool.submit(work, event)` calls `work` with the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.argmap import map_actuals_to_formals
from mypy.expandtype import expand_type
from mypy.infer import ArgumentInferContext, infer_function_type_arguments
from mypy.nodes import (
    ARG_NAMED,
    CallExpr,
    Decorator,
    DictExpr,
    Expression,
    FuncDef,
    ListExpr,
    RefExpr,
    StrExpr,
    TupleExpr,
    TypeInfo,
)
from mypy.typeops import function_type
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    ParamSpecType,
    Type,
    TypeOfAny,
    TypeVarId,
    UnpackType,
    get_proper_type,
)

from avow.index.observe.notes import Call, Flow, Slot
from avow.index.observe.registry import functions_in
from avow.index.observe.resolve import Bound, Meant, annotation, bindings, meant
from avow.index.observe.scene import Scene, names_of
from avow.index.observe.special import get_paths
from avow.index.observe.values import keep, proper
from avow.index.observe.wrappers import given_back
from avow.index.typed.shapes import is_any, parts

_NOT_CALLED = frozenset({"functools.wraps", "functools.update_wrapper"})


def infer(scene: Scene, call: CallExpr, is_own: bool) -> None:
    """Note what the functions get that a call hands on."""
    for number, argument in enumerate(call.args):
        functions = list(functions_in(scene, argument))
        for each in functions:
            scene.notes.calls.append(Call((scene.file, scene.function), each.function))
        if not functions and not _is_getter(scene, argument):
            continue
        expected = list(_expected(scene, call, number))
        for each in functions:
            _flow(scene, each, expected)
            if not is_own and not expected:
                _along(scene, call, number, each)
        if expected and isinstance(argument, CallExpr) and _is_getter(scene, argument):
            get_paths(scene, argument, expected[0], argument)


def on_decorator(scene: Scene, node: Decorator) -> None:
    """A decorator gets what it decorates; if its type says what that is, it says with what it is called."""
    function = Meant(node.func, 1 if node.func.info and not node.func.is_static else 0)
    for decorator in node.original_decorators:
        for each in _decorating(scene, decorator):
            scene.notes.calls.append(Call((scene.file, scene.function), each.function))
            _flow(scene, each, [_type(scene, node.func)])
        for part in parts(scene.type(decorator)):
            for inner in parts(part.arg_types[0]) if isinstance(part, CallableType) and part.arg_types else ():
                if isinstance(inner, CallableType) and not inner.is_ellipsis_args:
                    _flow(scene, function, [each for each in inner.arg_types if not _is_spread(each)])


def _decorating(scene: Scene, decorator: Expression) -> Iterator[Meant]:
    """Yield the services' own functions that get what is decorated."""
    if isinstance(decorator, CallExpr):
        for maker in meant(scene, decorator.callee):
            yield from (Meant(each) for each in given_back(maker.function))
    else:
        yield from meant(scene, decorator)


def _type(scene: Scene, function: FuncDef) -> Type:
    fallback = scene.world.library("builtins").names["function"].node
    assert isinstance(fallback, TypeInfo)
    return function_type(function, Instance(fallback, []))


def _is_getter(scene: Scene, node: Expression) -> bool:
    return isinstance(node, CallExpr) and "operator.attrgetter" in names_of(scene, node.callee)


def _flow(scene: Scene, each: Meant, expected: list[Type]) -> None:
    for position, type_ in enumerate(expected):
        index = each.skip + position
        if index < len(each.function.arguments) and annotation(each.function, index) is None and not is_any(type_):
            scene.notes.flows.append(Flow(Slot(each.function, index), type_))


def _along(scene: Scene, call: CallExpr, number: int, each: Meant) -> None:
    """Arguments that follow a function are for it, as are the ``args`` of a thread."""
    from avow.index.observe.calls import give

    if not _NOT_CALLED.isdisjoint(names_of(scene, call.callee)):
        return
    for argument, name in zip(call.args, call.arg_names, strict=True):
        if name == "args" and isinstance(argument, (TupleExpr, ListExpr)):
            pairs = [(each.skip + position, item) for position, item in enumerate(argument.items)]
            _spread(scene, each, argument, pairs)
        elif name == "kwargs" and isinstance(argument, DictExpr):
            named = {key.value: value for key, value in argument.items if isinstance(key, StrExpr)}
            names = each.function.arg_names
            _spread(scene, each, argument, [(names.index(key), value) for key, value in named.items() if key in names])
    if call.arg_kinds[number] != ARG_NAMED and number + 1 < len(call.args):
        for bound in bindings(scene, call, each, number + 1):
            give(scene, each.function, bound, certain=True)
            if not scene.role(bound.argument):
                scene.mark(bound.argument, "handed over")


def _spread(scene: Scene, each: Meant, display: Expression, pairs: Iterable[tuple[int, Expression]]) -> None:
    """Arguments of a function stand in a display."""
    from avow.index.observe.calls import give

    for index, value in pairs:
        if index < len(each.function.arguments):
            give(scene, each.function, Bound(index, value), certain=True)
    keep(scene, display)


def _expected(scene: Scene, call: CallExpr, number: int) -> Iterator[Type]:
    """Yield the types with which a callee calls the function that it is given."""
    callee = proper(scene, call.callee)
    for item in callee.items if isinstance(callee, Overloaded) else [callee]:
        if isinstance(item, CallableType):
            found = list(_arguments(scene, call, item, number))
            if found and not any(is_any(each) for each in found):
                yield from found
                return


def _arguments(scene: Scene, call: CallExpr, callee: CallableType, number: int) -> Iterator[Type]:
    def type_of(index: int) -> Type:
        return scene.type(call.args[index]) or AnyType(TypeOfAny.unannotated)

    mapping = map_actuals_to_formals(call.arg_kinds, call.arg_names, callee.arg_kinds, callee.arg_names, type_of)
    formal = next((index for index, actuals in enumerate(mapping) if number in actuals), None)
    if formal is None or any(not mapping[index] and kind.is_required() for index, kind in enumerate(callee.arg_kinds)):
        return
    for part in parts(callee.arg_types[formal]):
        if isinstance(part, CallableType) and not part.is_ellipsis_args and not _is_forwarded(part):
            solved = _solved(scene, call, callee, mapping)
            yield from (expand_type(each, solved) for each in part.arg_types) if solved else part.arg_types
            return


def _is_forwarded(part: CallableType) -> bool:
    """Whether a callee passes on whatever arguments it gets itself."""
    return any(map(_is_spread, part.arg_types))


def _is_spread(type_: Type) -> bool:
    return isinstance(get_proper_type(type_), (ParamSpecType, UnpackType))


def _solved(scene: Scene, call: CallExpr, callee: CallableType, mapping: list[list[int]]) -> dict[TypeVarId, Type]:
    """Return what the type variables of a callee stand for, by the arguments that are no functions."""
    if not callee.variables:
        return {}
    types = [None if _is_function(scene, each) else scene.type(each) for each in call.args]
    context = _context(scene)
    found, _ = infer_function_type_arguments(
        callee, types, call.arg_kinds, call.arg_names, mapping, context, strict=False
    )
    return {variable.id: type_ for variable, type_ in zip(callee.variables, found, strict=True) if type_ is not None}


def _is_function(scene: Scene, node: Expression) -> bool:
    if _is_getter(scene, node):
        return True
    type_ = scene.type(node)
    known = get_proper_type(type_) if type_ is not None else None
    return not isinstance(node, RefExpr | TupleExpr) if known is None else isinstance(known, (CallableType, Overloaded))


def _context(scene: Scene) -> ArgumentInferContext:
    typing = scene.world.library("typing")
    mapping, iterable = typing.names["Mapping"].node, typing.names["Iterable"].node
    any_ = AnyType(TypeOfAny.special_form)
    return ArgumentInferContext(Instance(mapping, [any_, any_]), Instance(iterable, [any_]))  # type: ignore[arg-type]


ON = {Decorator: on_decorator}
