"""Functions that a library gets beside values: with which of these, or of what they hold, it calls the function.

`pool.submit(work, event)` calls `work` with the event, `pool.map(work, events)` with each, and of what a library does
that nobody knows it may be either.
"""

from __future__ import annotations

from collections.abc import Iterator

from mypy.nodes import ARG_NAMED, CallExpr, DictExpr, Expression, ListExpr, StrExpr, TupleExpr
from mypy.typeops import make_simplified_union
from mypy.types import AnyType, TupleType, Type, TypeOfAny

from avow.index.observe.displays import refined
from avow.index.observe.formals import formal_of, iterated
from avow.index.observe.giving import give
from avow.index.observe.notes import Meant
from avow.index.observe.resolve import Bound, bindings
from avow.index.observe.scene import Scene, names_of
from avow.index.observe.values import carried, keep
from avow.index.typed.shapes import parts

_NOT_CALLED = frozenset({"functools.wraps", "functools.update_wrapper"})


def along(scene: Scene, call: CallExpr, number: int, each: Meant) -> None:
    """Arguments that follow a function are for it, or what they hold is; as are the ``args`` of a thread."""
    if not _NOT_CALLED.isdisjoint(names_of(scene, call.callee)):
        return
    for argument, name in zip(call.args, call.arg_names, strict=True):
        if name in _SPREAD:
            _spread(scene, each, argument)
        elif name in ("kwargs", "kwds") and isinstance(argument, DictExpr):
            _spread_names(scene, each, argument)
    if call.arg_kinds[number] != ARG_NAMED and number + 1 < len(call.args):
        for bound in bindings(scene, call, each, number + 1):
            _hand_on(scene, call, each, bound)


_SPREAD = ("args", "argsrepeat")
"""Parameters of functions that call others with what these hold."""


def _hand_on(scene: Scene, call: CallExpr, each: Meant, bound: Bound) -> None:
    """A library gets a value beside a function; its signature tells whether it calls that with it or with its items."""
    formal = formal_of(scene, call, bound.argument)
    if formal is None:
        if not carried(scene, bound.argument):
            return None  # it may be a topic, or how many workers there are
        given = [_whole_or_item(scene, bound)]
    elif formal.name in _SPREAD and not formal.is_star:
        return _spread(scene, each, bound.argument)
    else:
        given = list(_as_asked(scene, bound, formal.type))
    for one in given:
        if one.index < len(each.function.arguments):
            give(scene, each.function, one, certain=True)
    if not scene.role(bound.argument):
        scene.mark(bound.argument, "handed over")
    return None


def _whole_or_item(scene: Scene, bound: Bound) -> Bound:
    whole = bound.item or refined(scene, bound.argument)
    item = iterated(scene, whole)
    both = make_simplified_union([whole, item]) if whole is not None and item is not None else whole
    return Bound(bound.index, bound.argument, both)


def _as_asked(scene: Scene, bound: Bound, formal: Type) -> Iterator[Bound]:
    """What is asked for as an `Iterable[Any]` is given item by item, an `Iterable[Iterable[Any]]` spreads each."""
    asked = iterated(scene, formal)
    if asked is None:
        yield bound
        return
    item = iterated(scene, bound.item or refined(scene, bound.argument)) or AnyType(TypeOfAny.unannotated)
    if iterated(scene, asked) is None:
        yield Bound(bound.index, bound.argument, item)
        return
    for part in parts(item):
        for position, inner in enumerate(part.items if isinstance(part, TupleType) else []):
            yield Bound(bound.index + position, bound.argument, inner)


def _spread(scene: Scene, each: Meant, argument: Expression) -> None:
    """A sequence holds the arguments of a function."""
    if isinstance(argument, (TupleExpr, ListExpr)):
        found = [Bound(each.skip + position, item) for position, item in enumerate(argument.items)]
    else:
        tuples = [part for part in parts(refined(scene, argument)) if isinstance(part, TupleType)]
        items = tuples[0].items if tuples else []
        found = [Bound(each.skip + position, argument, item) for position, item in enumerate(items)]
    for bound in found:
        if bound.index < len(each.function.arguments):
            give(scene, each.function, bound, certain=True)
    keep(scene, argument)


def _spread_names(scene: Scene, each: Meant, display: DictExpr) -> None:
    """A display holds the arguments of a function by their names."""
    names = each.function.arg_names
    for key, value in display.items:
        if isinstance(key, StrExpr) and key.value in names:
            give(scene, each.function, Bound(names.index(key.value), value), certain=True)
    keep(scene, display)
