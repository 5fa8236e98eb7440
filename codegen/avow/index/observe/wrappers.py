"""What is called in place of a decorated function: the function that its decorator gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    LambdaExpr,
    Node,
    OverloadedFuncDef,
    RefExpr,
    ReturnStmt,
    SymbolNode,
    TypeInfo,
)

from avow.index.observe.notes import Function
from avow.index.observe.walk import bodies, children


def function_of(node: SymbolNode | None) -> FuncDef | None:
    """Return the function that a symbol stands for, behind its decorators."""
    if isinstance(node, FuncDef):
        return node
    if isinstance(node, Decorator):
        return node.func
    if isinstance(node, OverloadedFuncDef):
        return function_of(node.impl if node.impl is not None else node.items[0])
    return None


def wrappers(node: Decorator) -> list[Function]:
    """Return the functions that stand around a decorated one, as far as its decorators show them."""
    return [around for each in node.original_decorators for around in _around(each)]


def _around(decorator: Expression) -> Iterator[Function]:
    if isinstance(decorator, CallExpr):
        for made in _given_by(decorator.callee):
            yield from given_back(made)
    else:
        yield from _given_by(decorator)


def _given_by(name: Expression) -> Iterable[Function]:
    """Return what comes back from a function, or from a class, that is named."""
    node = name.node if isinstance(name, RefExpr) else None
    if isinstance(node, TypeInfo):
        call = node.names.get("__call__")
        found = function_of(call.node) if call is not None else None
        return [found] if found is not None else []
    function = function_of(node)
    return given_back(function) if function is not None else []


def given_back(function: Function) -> list[Function]:
    """Return the functions that a function defines and gives back."""
    return [found for each in _returned(function) for found in _functions(each)]


def _returned(function: Function) -> Iterator[Expression]:
    if isinstance(function, LambdaExpr):
        yield function.expr()
        return
    waiting: list[Node] = [*bodies(function)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ReturnStmt) and node.expr is not None:
            yield node.expr
        if not isinstance(node, (FuncDef, LambdaExpr)):
            waiting += children(node)


def _functions(node: Expression) -> Iterator[Function]:
    """Yield the functions that an expression is: a name of one, a lambda, or what only dresses them up."""
    if isinstance(node, LambdaExpr):
        yield node
    elif isinstance(node, CallExpr):  # `wraps(function)(wrapper)`, `update_wrapper(wrapper, function)`
        for each in node.args:
            yield from _functions(each)
    elif isinstance(node, RefExpr):
        function = function_of(node.node)
        if function is not None:
            yield function
