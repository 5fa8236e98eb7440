"""Functions that are handed to others, which call them: with what, the other's signature or the call tells.

`sorted(parts, key=by_name)` calls `by_name` with a part; `pool.submit(work, event)` calls `work` with the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.expandtype import expand_type
from mypy.infer import ArgumentInferContext, infer_function_type_arguments
from mypy.nodes import (
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    RefExpr,
    TupleExpr,
    TypeInfo,
)
from mypy.subtypes import find_member
from mypy.typeops import function_type
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    ProperType,
    Type,
    TypeOfAny,
    TypeVarId,
    get_proper_type,
)

from avow.index.fact import WHOLE
from avow.index.observe.formals import formals, passes_on
from avow.index.observe.forwarding import along
from avow.index.observe.getters import get_paths, getter_of
from avow.index.observe.notes import Call, Flow, Meant, Passed, Slot
from avow.index.observe.registry import functions_in
from avow.index.observe.resolve import annotation, instance_called, meant
from avow.index.observe.scene import Scene, class_of
from avow.index.observe.values import proper
from avow.index.observe.wrappers import given_back
from avow.index.typed.shapes import is_any, parts


def infer(scene: Scene, call: CallExpr, is_own: bool) -> None:
    """Note what the functions get that a call hands on."""
    for number, argument in enumerate(call.args):
        functions = list(functions_in(scene, argument))
        getter = getter_of(scene, argument)
        for each in functions:
            scene.notes.calls.append(Call((scene.file, scene.function), each.function))
        if not functions and getter is None:
            continue
        expected = list(_expected(scene, call, number))
        for each in functions:
            _flow(scene, each, expected)
            if not is_own and not expected:
                along(scene, call, number, each)
                _hand_to_nobody_knows(scene, call, each)
        if expected and getter is not None:
            scene.mark(getter.call, "got")
            get_paths(scene, getter, expected[0], argument)


def _hand_to_nobody_knows(scene: Scene, call: CallExpr, each: Meant) -> None:
    """What is not known calls a function with anything."""
    if not is_any(scene.type(call.callee)):
        return
    for index in range(each.skip, len(each.function.arguments)):
        if annotation(each.function, index) is None:
            fact = scene.fact("escape", "", WHOLE, call.line)
            scene.notes.passed.append(Passed(Slot(each.function, index), frozenset(), fact, is_unknown=True))


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
                    _flow(scene, function, [each for each in inner.arg_types if not passes_on(each)])


def _decorating(scene: Scene, decorator: Expression) -> Iterator[Meant]:
    """Yield the services' own functions that get what is decorated."""
    if isinstance(decorator, CallExpr):
        info = class_of(scene, decorator.callee)
        yield from instance_called(scene, info) if info is not None else ()
        for maker in meant(scene, decorator.callee):
            yield from (Meant(each) for each in given_back(maker.function))
    else:
        yield from meant(scene, decorator)


def _type(scene: Scene, function: FuncDef) -> Type:
    fallback = scene.world.library("builtins").names["function"].node
    assert isinstance(fallback, TypeInfo)
    return function_type(function, Instance(fallback, []))


def _flow(scene: Scene, each: Meant, expected: list[Type]) -> None:
    for position, type_ in enumerate(expected):
        index = each.skip + position
        if index < len(each.function.arguments) and annotation(each.function, index) is None and not is_any(type_):
            scene.notes.flows.append(Flow(Slot(each.function, index), type_))


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
    mapping = formals(scene, call, callee)
    formal = next((index for index, actuals in enumerate(mapping) if number in actuals), None)
    if formal is None or any(not mapping[index] and kind.is_required() for index, kind in enumerate(callee.arg_kinds)):
        return
    for part in map(_as_function, parts(callee.arg_types[formal])):
        if isinstance(part, CallableType) and not part.is_ellipsis_args and not _is_forwarded(part):
            solved = _solved(scene, call, callee, mapping)
            yield from (expand_type(each, solved) for each in part.arg_types) if solved else part.arg_types
            return


def _as_function(part: ProperType) -> ProperType | None:
    """A protocol may ask for something that is called."""
    if isinstance(part, Instance) and part.type.is_protocol and "__call__" in part.type.names:
        found = find_member("__call__", part, part)
        return get_proper_type(found) if found is not None else None
    return part


def _is_forwarded(part: CallableType) -> bool:
    """Whether a callee passes on whatever arguments it gets itself."""
    return any(map(passes_on, part.arg_types))


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
    if getter_of(scene, node) is not None:
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
