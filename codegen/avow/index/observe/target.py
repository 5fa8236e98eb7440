"""Observe one function with all that is inside of it, or a module without its functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from mypy.nodes import (
    ClassDef,
    Decorator,
    FuncDef,
    LambdaExpr,
    MypyFile,
    NameExpr,
    Node,
    OverloadedFuncDef,
    TypeInfo,
    Var,
)

from avow.index.observe import (
    callbacks,
    calls,
    fixtures,
    handlers,
    implicit,
    members,
    mentions,
    patterns,
    registry,
    sends,
    signature,
    statements,
)
from avow.index.observe.notes import Notes
from avow.index.observe.resolve import annotation
from avow.index.observe.scene import Scene
from avow.index.observe.walk import walk
from avow.index.world import World

ON: dict[type[Node], list[Callable[[Scene, Node], None]]] = {}
"""What is noted of each class of nodes, in this order, before what is inside of the node."""

_FIRST = (statements, patterns, registry, handlers, sends, signature, fixtures)
_THEN = (callbacks, calls, implicit, members, mentions)
for _part in (*_FIRST, *_THEN):
    for _kind, _handler in _part.ON.items():
        ON.setdefault(_kind, []).append(_handler)

_SCOPES = (FuncDef, LambdaExpr, ClassDef)
_OPENING = frozenset({*_SCOPES, OverloadedFuncDef, Decorator})


class Target(Struct, frozen=True, eq=False):
    """What is observed, and typed again, as one: a function outside of functions, or a module without these."""

    file: str
    node: FuncDef | MypyFile
    whole: FuncDef | Decorator | OverloadedFuncDef | MypyFile
    """The definition that it belongs to, as mypy takes it."""
    names: tuple[str, ...] = ()
    info: TypeInfo | None = None


def observe(world: World, target: Target) -> tuple[Notes, list[Target]]:
    """Return what is noted of a target, and the functions in it that are targets of their own."""
    scene = Scene(world, target.file, target.names)
    observer = _Observer(scene, target)
    roots = [target.node] if isinstance(target.node, FuncDef) else target.node.defs
    walk(roots, observer.enter, observer.leave, _SCOPES)
    return scene.notes, observer.found


def lacks_types(target: Target) -> bool:
    """Return whether parameters of a function have no annotation, so that it is calls that tell what they are."""
    node = target.node
    if not isinstance(node, FuncDef):
        return False
    first = 1 if node.info and not node.is_static else 0
    return any(annotation(node, index) is None for index in range(first, len(node.arguments)))


def glance(target: Target) -> Notes:
    """Return of what is noted of a function only the functions and variables in it."""
    notes = Notes()

    def enter(node: Node) -> bool:
        if isinstance(node, (FuncDef, LambdaExpr)):
            notes.functions.append(node)
        elif isinstance(node, NameExpr) and node.is_inferred_def and isinstance(node.node, Var):
            notes.locals.append(node.node)
        return True

    walk([target.node], enter, lambda _: None, ())
    return notes


class _Observer:
    def __init__(self, scene: Scene, target: Target) -> None:
        self.scene = scene
        self.target = target
        self.found: list[Target] = []
        self.classes: list[TypeInfo] = []
        self.is_module = isinstance(target.node, MypyFile)

    def enter(self, node: Node) -> bool:
        if type(node) not in _OPENING:  # most are, so this comes first
            self._note(node)
            return True
        if isinstance(node, (OverloadedFuncDef, Decorator)) and self.is_module:
            self._note(node)
            self._find(node)
            return True
        if isinstance(node, FuncDef):
            return self._enter_function(node)
        if isinstance(node, ClassDef):
            self._note(node)
            self.scene.names.append(node.name)
            self.classes.append(node.info)
        elif isinstance(node, LambdaExpr):
            self._note(node)
            self.scene.notes.functions.append(node)
            self.scene.functions.append(node)
            signature.on_lambda(self.scene, node)
        else:
            self._note(node)
        return True

    def _note(self, node: Node) -> None:
        for handler in ON.get(type(node), ()):
            handler(self.scene, node)

    def _enter_function(self, node: FuncDef) -> bool:
        if self.is_module:
            self._find(node)
            return False
        self.scene.notes.functions.append(node)
        self.scene.names.append(node.name)
        self.scene.functions.append(node)
        self.scene.world.places[node] = (self.scene.file, self.scene.function)
        signature.on_function(self.scene, node)
        if isinstance(self.target.whole, OverloadedFuncDef) and node is self.target.node:
            signature.on_overload(self.scene, self.target.whole, node)
        self._note(node)
        return True

    def leave(self, node: Node) -> None:
        if isinstance(node, ClassDef):
            self.classes.pop()
        else:
            self.scene.functions.pop()
        if not isinstance(node, LambdaExpr):
            self.scene.names.pop()

    def _find(self, node: FuncDef | Decorator | OverloadedFuncDef) -> None:
        info = self.classes[-1] if self.classes else None
        known = {each.node for each in self.found}
        for function in _functions(node):
            if function in known:  # those behind decorators come twice
                continue
            self.found.append(Target(self.scene.file, function, node, tuple(self.scene.names), info))


def _functions(node: FuncDef | Decorator | OverloadedFuncDef) -> Iterator[FuncDef]:
    if isinstance(node, FuncDef):
        yield node
    elif isinstance(node, Decorator):
        yield node.func
    else:
        for each in node.unanalyzed_items:
            yield from _functions(each)
