"""Registration: a class and a function that stand together say that the function gets values of the class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace
from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Decorator,
    DictExpr,
    Expression,
    FuncDef,
    IndexExpr,
    LambdaExpr,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    RefExpr,
    SetExpr,
    StrExpr,
    TempNode,
    TupleExpr,
    TypeInfo,
    Var,
)
from mypy.types import AnyType, Instance, TypeOfAny

from avow.index.fact import WHOLE
from avow.index.observe.notes import Call, Flow, Function, Meant, Passed, Slot
from avow.index.observe.resolve import annotation, meant
from avow.index.observe.scene import Scene, class_of, names_of
from avow.index.observe.values import constant, takes_anything, variable_of
from avow.index.observe.walk import chain, children
from avow.index.typed.shapes import classes

_EVENT_WORDS = ("event", "message", "msg", "command", "cmd", "query", "evt", "payload", "body", "data")
_PARTLY = ("functools.partial", "functools.partialmethod")
"""What they give lacks the first parameters; of a method, also the object that it is called on."""
_CHECKS = ("builtins.isinstance", "builtins.issubclass")


def is_contract(scene: Scene, name: str) -> bool:
    """Return whether a type crosses a service boundary by itself, or may have while the schemas had it."""
    row = scene.contracts.catalogue.get(name)
    return bool(row.kind) if row is not None else name in scene.contracts.outlived


def named_in(scene: Scene, node: Expression, depth: int = 0) -> Iterator[tuple[TypeInfo, int]]:
    """Yield the contract classes that an expression names, each with its line; also inside of displays."""
    info = class_of(scene, node)
    if info is not None:
        if scene.contracts.name(info):
            yield info, node.line
    elif isinstance(node, (TupleExpr, ListExpr, SetExpr)) and depth < 3:
        for each in node.items:
            yield from named_in(scene, each, depth + 1)
    elif isinstance(node, MemberExpr) and node.name in ("__name__", "__qualname__", "__avro__"):
        yield from named_in(scene, node.expr, depth + 1)
    elif isinstance(node, RefExpr):
        yield from ((each, node.line) for each in classes(scene.type(node)) if scene.contracts.name(each))


def functions_in(scene: Scene, node: Expression, depth: int = 0) -> Iterator[Meant]:
    """Yield the services' functions that an expression hands on; also inside of displays and partials."""
    if isinstance(node, (TupleExpr, ListExpr, SetExpr)) and depth < 3:
        for each in node.items:
            yield from functions_in(scene, each, depth + 1)
    elif isinstance(node, CallExpr) and isinstance(node.callee, TempNode):
        yield from functions_in(scene, node.args[0], depth + 1)
    elif isinstance(node, CallExpr):
        names = names_of(scene, node.callee) if node.args else []
        for number, name in enumerate(_PARTLY):
            for found in functions_in(scene, node.args[0], depth + 1) if name in names else ():
                yield Meant(found.function, found.skip + len(node.args) - 1 + number)
    elif isinstance(node, (RefExpr, LambdaExpr)) and class_of(scene, node) is None:
        yield from meant(scene, node)


def bind(scene: Scene, functions: Iterable[Meant], infos: Iterable[TypeInfo]) -> bool:
    """Note that functions get values of classes, in the parameter that is for them; return whether there are any."""
    types = [Instance(info, [AnyType(TypeOfAny.unannotated)] * len(info.type_vars)) for info in infos]
    found = False
    for each in functions:
        found = True
        scene.notes.calls.append(Call((scene.file, scene.function), each.function))
        scene.notes.registered.append(each.function)
        index = _parameter(each.function, each.skip)
        if index is None:
            _tell(scene, each, types)
        else:
            scene.notes.flows += [Flow(Slot(each.function, index), type_, bound=True) for type_ in types]
    return found


def _tell(scene: Scene, each: Meant, types: Iterable[Instance]) -> None:
    """Note what comes to a parameter whose annotation says nothing of it."""
    declared = annotation(each.function, each.skip)
    if declared is not None and takes_anything(scene, declared):
        shown = frozenset(name for type_ in types for name in scene.shapes.carried(type_))
        fact = scene.fact("escape", "", WHOLE, 0)
        scene.notes.passed.append(Passed(Slot(each.function, each.skip), shown, fact))


def _parameter(function: Function, skip: int) -> int | None:
    """Return the parameter for the event, if it has no annotation: by its name, else the first."""
    every = range(skip, len(function.arguments))
    if any(annotation(function, index) is not None for index in every[:1]):
        every = every[1:]
    free = [index for index in every if annotation(function, index) is None]
    for word in _EVENT_WORDS:
        for index in free:
            if word in (function.arg_names[index] or "").split("_"):
                return index
    return free[0] if free else None


def named_as_text(scene: Scene, nodes: Iterable[Expression]) -> dict[str, int]:
    """Return the contracts that texts among expressions are the names or channels of, each with its line."""
    texts = [(each, constant(scene, each)) for each in nodes if isinstance(each, (StrExpr, RefExpr))]
    names = scene.contracts.by_text
    return {names[text]: each.line for each, text in texts if text is not None and text in names}


def expect(scene: Scene, functions: Iterable[Meant], names: Mapping[str, int]) -> None:
    """Note that functions get contracts that only a text tells of: what they read of them is a guess."""
    for each in functions if names else ():
        scene.notes.registered.append(each.function)
        for name, line in names.items():
            scene.note("handle", name, WHOLE, line)
        index = _parameter(each.function, each.skip)
        if index is not None:
            fact = scene.fact("escape", "", WHOLE, 0)
            scene.notes.passed.append(Passed(Slot(each.function, index), frozenset(names), fact))


# where they stand together


def pair(scene: Scene, call: CallExpr) -> None:
    """`bus.subscribe(AddressChanged, handler)`, `HANDLERS[AddressChanged].append(handler)`, `decode(cls, data)`."""
    if scene.role(call) == "decorates":
        return
    nodes = [*_around(call.callee), *call.args]
    infos = [found for each in nodes for found in named_in(scene, each)]
    texts = named_as_text(scene, nodes)
    if not infos and not texts:
        return
    functions = [found for each in call.args for found in functions_in(scene, each)]
    expect(scene, functions, texts)
    if not infos:
        return
    names = {scene.contracts.name(info) for info, _ in infos}
    is_handled = bind(scene, functions, [info for info, _ in infos])
    if is_handled or not set(_CHECKS).isdisjoint(names_of(scene, call.callee)) or _gives(scene, call, names):
        handle(scene, infos, functions)


def _around(callee: Node) -> Iterator[Expression]:
    """Yield what a call is about besides its arguments: indices and the arguments of calls before it."""
    for each in chain(callee):
        if isinstance(each, IndexExpr):
            yield each.index
        elif isinstance(each, CallExpr):
            yield from each.args


def _gives(scene: Scene, call: CallExpr, names: set[str]) -> bool:
    """Whether the call makes a value of one of the classes, as what decodes does."""
    return not names.isdisjoint(scene.shapes.carried(scene.type(call)))


def handle(scene: Scene, infos: Iterable[tuple[TypeInfo, int]], functions: Sequence[Meant] = ()) -> None:
    """Note that contracts come in here, for a function of this file if there is one."""
    own = [each.function for each in functions if isinstance(each.function, FuncDef)]
    name = own[0].fullname.removeprefix(f"{scene.module}.") if len(own) == 1 and scene.is_here(own[0]) else ""
    _come_in(scene, infos, name or scene.function)


def _come_in(scene: Scene, infos: Iterable[tuple[TypeInfo, int]], name: str) -> None:
    """Note that contracts come in, each in a line, for a function of this qualified name."""
    for info, line in infos:
        type_ = scene.contracts.name(info)
        scene.mention({type_})
        if is_contract(scene, type_):
            scene.notes.facts.append(replace(scene.fact("handle", type_, WHOLE, line), function=name))


def on_dict(scene: Scene, node: DictExpr) -> None:
    """`{AddressChanged: handler}`."""
    for key, value in node.items:
        if key is not None:
            _together(scene, key, value)


def on_tuple(scene: Scene, node: TupleExpr) -> None:
    """`(AddressChanged, handler)` in a list of such."""
    for number in range(len(node.items) - 1):
        _together(scene, node.items[number], node.items[number + 1])


def on_assignment(scene: Scene, node: AssignmentStmt) -> None:
    """`HANDLERS[AddressChanged] = handler`, `handler.event = AddressChanged`."""
    for each in node.lvalues:
        if isinstance(each, IndexExpr) and _together(scene, each.index, node.rvalue):
            _dispatches(scene, each.base)
        elif any(_pairs(scene, node.rvalue)):
            _dispatches(scene, each)
        elif isinstance(each, MemberExpr):
            _together(scene, node.rvalue, each.expr)


def _dispatches(scene: Scene, place: Expression) -> None:
    """Note a variable that functions are looked up in by class."""
    variable = variable_of(scene, place)
    if variable is not None:
        scene.world.dispatching.add(variable)


def _pairs(scene: Scene, node: Expression) -> Iterator[bool]:
    """Yield for each item of a display whether it is a class and a function."""
    items = node.items if isinstance(node, (DictExpr, ListExpr, TupleExpr)) else []
    for item in items:
        pair = item.items if isinstance(item, TupleExpr) else item
        if isinstance(pair, (tuple, list)) and len(pair) > 1 and pair[0] is not None:
            yield any(named_in(scene, pair[0])) and any(functions_in(scene, pair[1]))


def _together(scene: Scene, key: Expression, value: Expression) -> bool:
    infos = list(named_in(scene, key))
    texts = named_as_text(scene, [key])
    functions = list(functions_in(scene, value)) if infos or texts else []
    expect(scene, functions, texts)
    is_handled = bind(scene, functions, [info for info, _ in infos])
    if is_handled and infos:
        handle(scene, infos, functions)
    return is_handled


def is_dispatched(scene: Scene, callee: Expression, depth: int = 0) -> bool:
    """Return whether what is called was looked up by class among functions that are registered so."""
    if isinstance(callee, NameExpr) and isinstance(callee.node, Var) and depth < _LOOK_UPS:
        return any(is_dispatched(scene, each, depth + 1) for each in scene.sources.get(callee.node, ()))
    if isinstance(callee, CallExpr) and isinstance(callee.callee, MemberExpr):
        return variable_of(scene, callee.callee.expr) in scene.world.dispatching
    return isinstance(callee, IndexExpr) and variable_of(scene, callee.base) in scene.world.dispatching


_LOOK_UPS = 4


def on_decorator(scene: Scene, node: Decorator) -> None:
    """`@handles(AddressChanged)`."""
    function = Meant(node.func, 1 if node.func.info and not node.func.is_static else 0)
    for decorator in node.original_decorators:
        scene.mark(decorator, "decorates")
        nodes = list(inside(decorator))
        expect(scene, [function], named_as_text(scene, nodes))
        infos = [found for each in nodes for found in named_in(scene, each)]
        if infos and bind(scene, [function], [info for info, _ in infos]):
            _come_in(scene, [(info, node.func.line) for info, _ in infos], ".".join((*scene.names, node.func.name)))


def inside(decorator: Expression) -> Iterator[Expression]:
    """Yield the arguments and indices of a decorator, at any depth."""
    waiting: list[Node] = [decorator] if isinstance(decorator, (CallExpr, IndexExpr)) else []
    while waiting:
        each = waiting.pop()
        if isinstance(each, Expression):
            yield each
        waiting += [] if isinstance(each, (MemberExpr, LambdaExpr)) else children(each)


ON = {DictExpr: on_dict, TupleExpr: on_tuple, AssignmentStmt: on_assignment, Decorator: on_decorator}
