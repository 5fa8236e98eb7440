"""The text of a decoder: straight-line code for one plan, checks included.

A slice beyond the end of the bytes is short without an error, and leaves a position that no later read and
not the last check will accept, so truncation costs nothing to notice. What is not of the common form raises;
the caller then runs the interpreter over the same plan, which either reads it or says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from avow.generate.classes import required_first
from avow.generate.decoder_leaf import Cell, LeafText, code
from avow.generate.expression import expression
from avow.generate.lines import Lines
from avow.generate.shape import Shape
from avow.generate.skip import Node, Nodes, Skip
from avow.runtime.defaults import resolve_default
from avow.runtime.limits import is_empty
from avow.runtime.resolution import (
    ArrayPlan,
    EnumPlan,
    Failure,
    LeafPlan,
    MapPlan,
    Plan,
    RecordPlan,
    UnionPlan,
)
from avow.runtime.schema import Array, Enum, Fixed, Map, Primitive, Type, Union

N = TypeVar("N", bound=Node)

_MANY: Final = 64
"""From so many branches or symbols on, an index may take two bytes."""


class DecoderText:
    """Writes the decoders of one codec module."""

    def __init__(self, shape: Shape[Node], nodes: Nodes) -> None:
        self._shape = shape
        self._nodes = nodes
        self._use = shape.use
        self._begin()

    def _begin(self) -> None:
        self._out, self._level = Lines(), 0
        self._leaf = LeafText(self._shape, self._out)
        self._check = self._leaf.check

    def root(self, plan: RecordPlan) -> str:
        """Return the source of ``decode``, which reads from a position to the end of the bytes."""
        self._begin()
        value = self.value(plan)
        self._check("p != len(data)")
        self._out.add(f"return {value}")
        name = self._shape.class_name(plan.reader)
        return f"def decode(data: bytes, p: int = 0) -> {name}:\n{self._out.text()}\n"

    def apart(self, node: Node, signature: str) -> str:
        """Return the source of a function for a node that is not inlined."""
        self._begin()
        if isinstance(node, Skip):
            self._skip_here(node)
            self._out.add("return p")
        else:
            value = self._record(node) if isinstance(node, RecordPlan) else self._nameless(node)
            self._out.add(f"return {value}, p")
        return f"{signature}\n{self._out.text()}\n"

    def value(self, plan: Plan) -> str:
        """Emit what reads a value; return the expression that holds it."""
        if isinstance(plan, LeafPlan):
            return self._leaf.read(plan.writer, plan.reader)
        if isinstance(plan, EnumPlan):
            return self._enum(plan)
        if self._shape.is_apart(plan, self._out.depth):
            value = self._out.fresh("r")
            self._out.add(f"{value}, p = {self._shape.call('decode', plan, 'data, p', self._level)}")
            return value
        return self._record(plan) if isinstance(plan, RecordPlan) else self._nameless(plan)

    def _nameless(self, plan: Plan) -> str:
        if isinstance(plan, UnionPlan):
            return self._union(plan)
        if isinstance(plan, ArrayPlan):
            return self._array(plan)
        if isinstance(plan, MapPlan):
            return self._map(plan)
        assert isinstance(plan, Failure)
        return self._refuse()

    def _refuse(self) -> str:
        """The interpreter says why."""
        self._out.add(f"raise {self._use('Unfit')}")
        return "None"

    def _record(self, plan: RecordPlan) -> str:
        if plan.failures:
            return self._refuse()
        self._enter()
        values: dict[str, str] = {}
        row: list[Cell] = []
        for step in plan.steps:
            node = self._nodes.of(step)
            leaf = _leaf_of(node)
            name = step.target.name if step.target else f"-{step.field.name}"
            if leaf is not None and code(leaf[0]):
                row.append(Cell(name, *leaf))
                continue
            values |= self._leaf.row(row)
            row = []
            if isinstance(node, Skip):
                self._skip(node)
            else:
                values[name] = self.value(node)
        values |= self._leaf.row(row)
        for field in plan.filled:
            values[field.name] = expression(resolve_default(field.type, field.default), self._shape.scope)
        self._level -= 1
        arguments = ", ".join(values[field.name] for field in required_first(plan.reader.fields))
        record = self._out.fresh("r")
        self._out.add(f"{record} = {self._shape.module.constructor(plan.reader)}({arguments})")
        return record

    def _enter(self) -> None:
        if too_deep := self._shape.too_deep(self._level):
            self._check(too_deep)
        self._level += 1

    def _enum(self, plan: EnumPlan) -> str:
        members = self._shape.module.symbol_members(plan.reader, plan.symbols)
        symbol = self._out.fresh("e")
        if len(plan.symbols) <= _MANY:
            self._out.add(f"{symbol} = {members}[data[p]]")
            self._out.add("p += 1")
        else:
            index = self._out.fresh("i")
            self._out.add(f"{index}, p = {self._use('index_at')}(data, p)")
            self._out.add(f"{symbol} = {members}[2 * {index}]")
        return symbol

    def _array(self, plan: ArrayPlan) -> str:
        items = self._out.fresh("a")
        annotation = self._shape.scope.annotation(reader_of(plan.items))
        self._out.add(f"{items}: list[{annotation}] = []")
        if isinstance(plan.items, (LeafPlan, RecordPlan)) and is_empty(plan.items.writer):
            self._no_items()
            return items
        with self._blocks():
            self._out.add(f"{items}.append({self.value(plan.items)})")
        return items

    def _no_items(self) -> None:
        """Items without bytes are counted against a limit, by the interpreter."""
        self._check("data[p]")
        self._out.add("p += 1")

    def _map(self, plan: MapPlan) -> str:
        entries = self._out.fresh("m")
        annotation = self._shape.scope.annotation(reader_of(plan.values))
        self._out.add(f"{entries}: dict[str, {annotation}] = {{}}")
        with self._blocks():
            key = self._leaf.sized("text_at", ".decode()")
            self._out.add(f"{entries}[{key}] = {self.value(plan.values)}")
        return entries

    def _blocks(self) -> BlockLoop:
        return BlockLoop(self._out, self._use("count_at"))

    def _union(self, plan: UnionPlan) -> str:
        value = self._out.fresh("u")
        self._out.add(f"{value}: {self._shape.scope.annotation(reader_of(plan))}")
        self._branches(plan.branches, lambda branch: self._out.add(f"{value} = {self.value(branch)}"))
        return value

    def _branches(self, branches: Sequence[N], emit: Callable[[N], None]) -> None:
        """Emit the choice of a branch by its index, and what is done with each."""
        is_long = len(branches) > _MANY
        tag = self._index(is_long=is_long) if branches else ""
        for index, branch in enumerate(branches):
            with self._out.block(f"{'elif' if index else 'if'} {tag} == {index if is_long else 2 * index}:"):
                emit(branch)
        if branches:
            with self._out.block("else:"):
                self._refuse()
        else:
            self._refuse()

    def _index(self, *, is_long: bool) -> str:
        """Emit what reads an index; where it is short, the variable holds twice of it."""
        tag = self._out.fresh("t")
        if is_long:
            self._out.add(f"{tag}, p = {self._use('index_at')}(data, p)")
        else:
            self._out.add(f"{tag} = data[p]")
            self._out.add("p += 1")
        return tag

    # what the reader drops

    def _skip(self, node: Skip) -> None:
        if isinstance(node.type, (Primitive, Fixed)):
            self._leaf.skip(node.type)
        elif isinstance(node.type, Enum):
            self._skip_symbol(node.type)
        elif self._shape.is_apart(node, self._out.depth):
            self._out.add(f"p = {self._shape.call('skip', node, 'data, p', self._level)}")
        else:
            self._skip_here(node)

    def _skip_here(self, node: Skip) -> None:
        if isinstance(node.type, Union):
            self._branches(node.inside, self._skip_branch)
        elif isinstance(node.type, Array) and is_empty(node.type.items):
            self._no_items()
        elif isinstance(node.type, (Array, Map)):
            with self._blocks():
                if isinstance(node.type, Map):
                    self._leaf.sized("text_at", ".decode()")
                self._skip(node.inside[0])
        else:
            self._enter()
            for inner in node.inside:
                self._skip(inner)
            self._level -= 1

    def _skip_branch(self, node: Skip) -> None:
        if is_empty(node.type):
            self._out.add("pass")
        self._skip(node)

    def _skip_symbol(self, enum: Enum) -> None:
        is_long = len(enum.symbols) > _MANY
        tag = self._index(is_long=is_long)
        self._check(f"{tag} >= {len(enum.symbols)}" if is_long else f"{tag} & 1 or {tag} >= {2 * len(enum.symbols)}")


class BlockLoop:
    """The loops over the blocks of an array or a map, and over the items of a block."""

    def __init__(self, out: Lines, count_at: str) -> None:
        self._out = out
        self._count = out.fresh("c")
        self._count_at = count_at

    def __enter__(self) -> None:
        self._next()
        self._out.add(f"while {self._count}:")
        self._out.depth += 1
        with self._out.block(f"if {self._count} < 128 and not {self._count} & 1:"):
            self._out.add(f"{self._count} >>= 1")
        with self._out.block("else:"):
            self._out.add(f"{self._count}, p = {self._count_at}(data, p - 1)")
        self._out.add(f"for _ in range({self._count}):")
        self._out.depth += 1

    def __exit__(self, *_: object) -> None:
        self._out.depth -= 1
        self._next()
        self._out.depth -= 1

    def _next(self) -> None:
        self._out.add(f"{self._count} = data[p]")
        self._out.add("p += 1")


def _leaf_of(node: Node) -> tuple[Primitive | Fixed, Primitive | Fixed | None] | None:
    """Return writer and reader of a leaf, None for other nodes; what is dropped has no reader."""
    if isinstance(node, LeafPlan):
        return node.writer, node.reader
    if isinstance(node, Skip) and isinstance(node.type, (Primitive, Fixed)):
        return node.type, None
    return None


def reader_of(plan: Plan) -> Type:
    """Return the reader's type of what a plan reads."""
    if isinstance(plan, UnionPlan):
        return Union(tuple(reader_of(branch) for branch in plan.branches))
    if isinstance(plan, ArrayPlan):
        return Array(reader_of(plan.items))
    if isinstance(plan, MapPlan):
        return Map(reader_of(plan.values))
    return plan.reader
