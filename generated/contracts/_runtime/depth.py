"""How deeply types are nested in one another, by reference too: whatever walks them has only so much stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .schema import MAX_DEPTH, Enum, Fixed, Named, Primitive, Record, Type, children


def too_deep(types: Iterable[Named]) -> Iterator[Named]:
    """Yield the types in which more than ``MAX_DEPTH`` others are nested, the innermost of those.

    A type that leads back to itself counts once.
    """
    heights: dict[int, int] = {}
    for type_ in types:
        for node in _finished(type_, heights):
            if not isinstance(node, (Record, Enum, Fixed)) or heights[id(node)] <= MAX_DEPTH:
                continue
            if all(heights.get(id(child), 0) <= MAX_DEPTH for child in children(node)):
                yield node


def _finished(root: Type, heights: dict[int, int]) -> Iterator[Type]:
    """Work out the heights below a type; yield each type when its own is known, without recursion."""
    stack = [root] if id(root) not in heights else []
    opened: set[int] = set()
    while stack:
        node = stack[-1]
        key = id(node)
        if key in heights:
            stack.pop()
        elif key in opened:
            heights[key] = 1 + max([heights.get(id(child), 0) for child in children(node)], default=0)
            stack.pop()
            yield node
        else:
            opened.add(key)
            stack += [child for child in children(node) if type(child) is not Primitive and id(child) not in opened]
