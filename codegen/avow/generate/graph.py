"""Which nodes of a graph of records are worth a function of their own, and which must have one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Node = TypeVar("Node")

MAX_INLINED_WEIGHT = 8
"""Leaves of a record that is spelled out wherever it occurs, even if that is in several places."""


class Graph(Generic[Node]):
    """A graph seen from its root.

    ``key`` gives a node's identity where it is a record, and None where it is not. A record that a path
    from the root meets again is recursive: functions for those break every cycle.
    """

    def __init__(
        self, root: Node, children: Callable[[Node], Sequence[Node]], key: Callable[[Node], Hashable | None]
    ) -> None:
        self.recursive: set[Hashable] = set()
        self._heights: dict[Hashable, int] = {}
        self._uses: dict[Hashable, int] = {}
        self._weights: dict[Hashable, int] = {}
        self._children = children
        self._key = key
        self._visit(root, set())
        self.height = self._height(root)
        """How many records are nested in one another, at most, if no cycle is gone through twice."""

    def is_apart(self, node: Node) -> bool:
        """Return whether a record has a function of its own rather than its code wherever it occurs."""
        key = self._key(node)
        if key is None:
            return False
        return key in self.recursive or (self._uses[key] > 1 and self._weights[key] > MAX_INLINED_WEIGHT)

    def _visit(self, node: Node, around: set[Hashable]) -> int:
        """Count uses below a node; return how many leaves it has."""
        key = self._key(node)
        if key is None:
            inside = self._children(node)
            return max(1, sum([self._visit(child, around) for child in inside])) if inside else 1
        self._uses[key] = self._uses.get(key, 0) + 1
        if key in around:
            self.recursive.add(key)
            return 1
        if key not in self._weights:
            around.add(key)
            self._weights[key] = max(1, sum(self._visit(child, around) for child in self._children(node)))
            around.discard(key)
        return self._weights[key]

    def _height(self, node: Node) -> int:
        key = self._key(node)
        if key is not None:
            if key in self._heights:
                return self._heights[key]
            self._heights[key] = 0  # while open, so that cycles end
        below = max([self._height(child) for child in self._children(node)], default=0)
        if key is None:
            return below
        self._heights[key] = below + 1
        return below + 1
