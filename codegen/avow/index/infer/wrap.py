"""Lambdas have no place for types: mypy takes them from where the lambda is used, so it is put into such a place.

The lambda becomes the argument of a call that is nowhere in the code, of a function that takes one with these types.
"""

from __future__ import annotations

from mypy.nodes import ARG_POS, CallExpr, LambdaExpr, Node, TempNode
from mypy.types import AnyType, CallableType, TypeOfAny

from avow.index.observe.walk import CHILDREN, children


def is_wrapper(node: Node) -> bool:
    """Return whether a node is a call around a lambda that is nowhere in the code."""
    return isinstance(node, CallExpr) and isinstance(node.callee, TempNode)


def wrap(root: Node, function: LambdaExpr) -> CallExpr:
    """Put a lambda, which is somewhere below a node, into a wrapper, and return that."""
    wrapper = CallExpr(TempNode(AnyType(TypeOfAny.unannotated)), [function], [ARG_POS], [None])
    wrapper.set_line(function)
    _exchange(root, function, wrapper)
    return wrapper


def unwrap(root: Node, wrapper: CallExpr) -> None:
    """Put a lambda back to where its wrapper is, somewhere below a node."""
    _exchange(root, wrapper, wrapper.args[0])


def _exchange(root: Node, old: Node, new: Node) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = children(node)
        if old in inside:
            _replace(node, old, new)
            return
        waiting += inside


def give(wrapper: CallExpr, type_: CallableType) -> None:
    """Let a wrapper say that the parameters of its lambda have types."""
    wrapper.callee = TempNode(CallableType([type_], [ARG_POS], [None], type_, type_.fallback))


def _replace(parent: Node, old: Node, new: Node) -> None:
    for attribute in CHILDREN[type(parent)]:
        value = getattr(parent, attribute)
        if value is old:
            setattr(parent, attribute, new)
        elif isinstance(value, list):
            value[:] = [_in_item(each, old, new) for each in value]


def _in_item(item: object, old: Node, new: Node) -> object:
    if isinstance(item, tuple):
        return tuple(_in_item(each, old, new) for each in item)
    return new if item is old else item
