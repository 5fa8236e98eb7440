"""What a decoder goes through: plans, and values of the writer's that the reader drops."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from avow.runtime.resolution import ArrayPlan, MapPlan, Plan, RecordPlan, Step, UnionPlan
from avow.runtime.schema import Record, Type, children


class Skip(Struct, eq=False):
    """Read a value of the writer's with all checks, and drop it; ``inside`` are the values that it consists of."""

    type: Type
    inside: list[Skip] = []


Node: TypeAlias = Plan | Skip


class Nodes:
    """The graph that a decoder goes through. The same type is skipped by the same node."""

    def __init__(self) -> None:
        self._skips: dict[int, Skip] = {}

    def of(self, step: Step) -> Node:
        """Return the node of a field."""
        return self._skip(step.field.type) if step.plan is None else step.plan

    def children(self, node: Node) -> list[Node]:
        """Return the nodes that a node directly consists of."""
        if isinstance(node, Skip):
            return [*node.inside]
        if isinstance(node, RecordPlan):
            return [] if node.failures else [self.of(step) for step in node.steps]
        if isinstance(node, UnionPlan):
            return [*node.branches]
        if isinstance(node, ArrayPlan):
            return [node.items]
        return [node.values] if isinstance(node, MapPlan) else []

    @staticmethod
    def record(node: Node) -> Record | None:
        """Return the record that a node builds or skips, if it is about one."""
        if isinstance(node, Skip):
            return node.type if isinstance(node.type, Record) else None
        return node.reader if isinstance(node, RecordPlan) else None

    def _skip(self, type_: Type) -> Skip:
        found = self._skips.get(id(type_))
        if found is None:
            found = self._skips[id(type_)] = Skip(type_)
            found.inside = [self._skip(child) for child in children(type_)]
        return found
