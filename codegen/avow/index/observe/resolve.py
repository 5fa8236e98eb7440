"""Which functions of the services a call means, and which of their parameters its arguments go to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from mypy.argmap import map_actuals_to_formals
from mypy.nodes import (
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    LambdaExpr,
    MemberExpr,
    RefExpr,
    SuperExpr,
    SymbolNode,
    TypeInfo,
)
from mypy.semanal import is_trivial_body
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Overloaded,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    UnboundType,
    get_proper_type,
)

from avow.index.observe.notes import Function, Meant
from avow.index.observe.scene import Scene
from avow.index.observe.wrappers import function_of, wrappers
from avow.index.typed.shapes import classes, instances, parts


def meant(scene: Scene, node: Expression) -> list[Meant]:
    """Return the services' own functions that an expression may stand for, each once."""
    known = scene.meant.get(id(node))
    if known is None:
        found = {(id(each.function), each.skip): each for each in _meant(scene, node)}
        known = scene.meant[id(node)] = list(found.values())
    return known


def _meant(scene: Scene, node: Expression) -> Iterator[Meant]:
    if isinstance(node, LambdaExpr):
        yield Meant(node)
    elif isinstance(node, SuperExpr):
        yield from _above(scene, node)
    elif isinstance(node, RefExpr) and function_of(node.node) is not None:
        yield from _own(scene, node.node, 1 if isinstance(node, MemberExpr) and _is_bound_class(scene, node) else 0)
        yield from _around(scene, node.node, 0)
    elif isinstance(node, MemberExpr) and (found := list(_methods(scene, node))):
        yield from found
    else:
        yield from _by_type(scene, node)


def _own(scene: Scene, node: SymbolNode | None, skip: int) -> Iterator[Meant]:
    function = function_of(node)
    if function is not None and scene.world.is_own(function):
        yield Meant(function, skip)


def _around(scene: Scene, node: SymbolNode | None, skip: int) -> Iterator[Meant]:
    for each in wrappers(node) if isinstance(node, Decorator) and scene.world.is_own(node.func) else ():
        if isinstance(each, LambdaExpr) or scene.world.is_own(each):
            yield Meant(each, skip + (isinstance(each, FuncDef) and bool(each.info)), is_around=True)


def _is_bound_class(scene: Scene, node: MemberExpr) -> bool:
    """Whether it is a class method, taken from the class."""
    function = function_of(node.node)
    return function is not None and function.is_class


def _methods(scene: Scene, node: MemberExpr) -> Iterator[Meant]:
    """Yield the methods of a value's class, and those that override them further down."""
    receiver = scene.type(node.expr)
    for info in [*(each.type for each in instances(receiver)), *classes(receiver)]:
        symbol = info.get(node.name)
        function = function_of(symbol.node) if symbol is not None else None
        if function is None:
            for each in scene.world.overrides(info, node.name) if symbol is None else ():
                yield from _own(scene, function_of(each), 1)
            continue
        is_class = info in list(classes(receiver))
        skip = 0 if function.is_static or (is_class and not function.is_class) else 1
        below = scene.world.overrides(info, node.name)
        if not (below and is_trivial_body(function.body)):  # what only stands for what is below is not called
            yield from _own(scene, function, skip)
            yield from _around(scene, symbol.node if symbol is not None else None, skip)
        for each in below:
            yield from _own(scene, function_of(each), skip)


def _above(scene: Scene, node: SuperExpr) -> Iterator[Meant]:
    """Yield what `super().name` means: of a class that is mixed in, what comes after it in those that it is in."""
    if not node.info:
        return
    orders = [node.info.mro[1:], *(each.mro[each.mro.index(node.info) + 1 :] for each in scene.world.below(node.info))]
    for order in orders:
        base = next((each for each in order if node.name in each.names), None)
        if base is not None:
            yield from _own(scene, base.names[node.name].node, 1)


def _by_type(scene: Scene, node: Expression) -> Iterator[Meant]:
    """Yield what the type of an expression says that it calls: a constructor, or a function that it was set to."""
    for info in classes(scene.type(node)):
        yield from constructor(scene, info)
    for part in parts(scene.type(node)):
        for item in part.items if isinstance(part, Overloaded) else [part]:
            if isinstance(item, CallableType) and not item.is_type_obj():
                function = function_of(item.definition)
                yield from _own(scene, function, 1 if item.is_bound and function and function.info else 0)
            elif isinstance(item, Instance) and item.extra_attrs and _PARTIAL in item.extra_attrs.attrs:
                yield from _applied(scene, item.extra_attrs.attrs[_PARTIAL])
            elif isinstance(item, Instance):
                yield from instance_called(scene, item.type)


def instance_called(scene: Scene, info: TypeInfo) -> Iterator[Meant]:
    """Yield what is called where an instance of a class is."""
    symbol = info.get("__call__")
    if symbol is not None:
        yield from _own(scene, function_of(symbol.node), 1)


_PARTIAL = "__mypy_partial"
"""Where mypy keeps what is left of a function that was partly applied."""


def _applied(scene: Scene, type_: Type) -> Iterator[Meant]:
    for part in parts(type_):
        function = function_of(part.definition) if isinstance(part, CallableType) else None
        if isinstance(part, CallableType) and function is not None and scene.world.is_own(function):
            left = [name for name in function.arg_names if name in part.arg_names]
            yield Meant(function, function.arg_names.index(left[0]) if left else len(function.arguments))


def applied_classes(type_: Type | None) -> Iterator[TypeInfo]:
    """Yield the classes that were partly applied."""
    for part in parts(type_):
        if isinstance(part, Instance) and part.extra_attrs and _PARTIAL in part.extra_attrs.attrs:
            yield from classes(part.extra_attrs.attrs[_PARTIAL])


def constructor(scene: Scene, info: TypeInfo) -> Iterator[Meant]:
    """Yield what builds a value of a class of the services."""
    for name in ("__init__", "__new__"):
        symbol = info.get(name)
        function = function_of(symbol.node) if symbol is not None else None
        if function is not None and scene.world.is_own(function) and not _is_made(function):
            yield Meant(function, 1)


def _is_made(function: FuncDef) -> bool:
    """Whether mypy made the method up, as it does for data classes."""
    symbol = function.info.names.get(function.name) if function.info else None
    return symbol is not None and symbol.plugin_generated


def annotation(function: Function, index: int) -> Type | None:
    """Return the type that is written at a parameter, or None where there is none.

    One that only says that it is a `list` counts as none. A lambda has none; what mypy gave it from where it is used
    counts as such, what was inferred here does not.
    """
    if isinstance(function, LambdaExpr) and function.unanalyzed_type is not None:
        return None
    if isinstance(function, LambdaExpr):
        type_ = function.arguments[index].variable.type if index < len(function.arguments) else None
        return None if type_ is None or isinstance(get_proper_type(type_), AnyType) else type_
    written = function.unanalyzed_type
    type_ = function.type
    if isinstance(written, CallableType) and isinstance(type_, CallableType) and index < len(written.arg_types):
        mark = get_proper_type(written.arg_types[index])
        is_written = not (isinstance(mark, AnyType) and mark.type_of_any == TypeOfAny.unannotated)
        if is_written and not (isinstance(mark, UnboundType) and not mark.args and mark.name in _BARE):
            return type_.arg_types[index]
    return None


_BARE = frozenset("dict list set tuple Dict Iterable Iterator List Mapping Sequence Set Tuple".split())
"""Containers that are annotated without what they hold: what comes in tells more."""


class Bound(Struct, frozen=True):
    """An argument of a call and the parameter that gets it, or part of it where a star spreads it."""

    index: int
    argument: Expression
    item: Type | None = None
    """The type of what the parameter gets of an argument with a star."""


def bindings(scene: Scene, call: CallExpr, meant_: Meant, first: int = 0) -> Iterator[Bound]:
    """Yield the parameters that arguments of a call go to.

    Args:
        scene: Where the call stands.
        call: The call.
        meant_: The function that gets them.
        first: The first argument that it gets; those before it are for somebody else.
    """
    function, skip = meant_.function, meant_.skip
    kinds, names = function.arg_kinds[skip:], function.arg_names[skip:]

    def type_of(number: int) -> Type:
        return scene.type(call.args[first + number]) or AnyType(TypeOfAny.unannotated)

    mapping = map_actuals_to_formals(call.arg_kinds[first:], call.arg_names[first:], kinds, names, type_of)
    taken: dict[int, int] = {}
    for formal, actuals in enumerate(mapping):
        for actual in actuals:
            argument, kind = call.args[first + actual], call.arg_kinds[first + actual]
            position = taken.get(actual, 0)
            taken[actual] = position + 1
            item = _item(scene, argument, position) if kind.is_star() else None
            yield Bound(skip + formal, argument, item)


def _item(scene: Scene, argument: Expression, position: int) -> Type:
    """Return the type of one of the values that a star spreads."""
    any_ = AnyType(TypeOfAny.unannotated)
    for part in parts(scene.type(argument)):
        if isinstance(part, TupleType) and position < len(part.items):
            return part.items[position]
        if isinstance(part, TypedDictType):
            return any_
    for instance in instances(scene.type(argument)):
        if instance.args:
            return instance.args[-1]
    return any_
