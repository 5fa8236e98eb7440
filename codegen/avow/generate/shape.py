"""What the two halves of a codec module share: imports, constants, and which types get functions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar

from avow.generate import spelling
from avow.generate.graph import Graph
from avow.generate.scope import Scope
from avow.runtime.limits import MAX_NESTING
from avow.runtime.logical import power_of_ten
from avow.runtime.schema import Enum, Record, short_name
from avow.runtime.varint import write_long

Node = TypeVar("Node")

MAX_INDENT: Final = 9
"""How deep code may be indented before a part of it becomes a function: Python nests 20 loops at most."""


class Module:
    """The imports and constants of one codec module."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.helpers: set[str] = set()
        self.constants: dict[str, str] = {}
        self.has_constructors = False

    def use(self, helper: str) -> str:
        """Return the local name of something from the runtime's fast.py, and import it."""
        self.helpers.add(helper)
        return f"_{helper}"

    def struct(self, method: str, codes: str) -> str:
        """Return the constant that packs or unpacks fixed-width values in a row."""
        name = f"_{method}_{codes}" if len(codes) <= 24 else f"_{method}_{len(codes)}_{len(self.constants)}"
        known = next((key for key, text in self.constants.items() if text == f'_Struct("<{codes}").{method}'), name)
        self.constants[known] = f'_Struct("<{codes}").{method}'
        return known

    def symbol_bytes(self, enum: Enum) -> str:
        """Return the constant that gives the bytes of each member of an enum."""
        class_name = self.scope.class_name(enum.name)
        members = spelling.symbols(enum.symbols).values()
        rows = [f"{class_name}.{member}: {bytes_literal(write_long(i))}" for i, member in enumerate(members)]
        return self._constant(f"_bytes_of_{class_name}", f"{{{', '.join(rows)}}}", f"dict[{class_name}, bytes]")

    def symbol_members(self, enum: Enum, symbols: Sequence[str | None]) -> str:
        """Return the constant that gives the member for each first byte of an index below 64."""
        class_name = self.scope.class_name(enum.name)
        members = spelling.symbols(enum.symbols)
        rows = [f"{2 * i}: {class_name}.{members[symbol]}" for i, symbol in enumerate(symbols) if symbol is not None]
        return self._constant(f"_members_of_{class_name}", f"{{{', '.join(rows)}}}", f"dict[int, {class_name}]")

    def power(self, exponent: int) -> str:
        """Return the constant that is ten to the power of ``exponent``, as a Decimal."""
        name = f"_E{exponent}".replace("-", "_")
        decimal = self.scope.external("_Decimal")
        return self._constant(name, f'{decimal}("1E{exponent}")', decimal)

    def constructor(self, record: Record) -> str:
        """Return the constant that builds a record by position, which its signature does not let be seen."""
        class_name = self.scope.class_name(record.name)
        self.has_constructors = True
        return self._constant(f"_new_{class_name}", class_name, f"_Callable[..., {class_name}]")

    def _constant(self, name: str, text: str, annotation: str) -> str:
        unique, count = name, 1
        while self.constants.get(f"{unique}: {annotation}", text) != text:
            count += 1
            unique = f"{name}_{count}"
        self.constants[f"{unique}: {annotation}"] = text
        return unique


class Shape(Generic[Node]):
    """Which nodes of one half of a codec are functions, what those are called, and which are still to be written."""

    def __init__(
        self,
        module: Module,
        root: Node,
        children: Callable[[Node], Sequence[Node]],
        record: Callable[[Node], Record | None],
    ) -> None:
        self.module = module
        self.scope = module.scope
        self.use = module.use
        self.struct = module.struct
        self.symbol_bytes = module.symbol_bytes
        self.waiting: list[tuple[Node, str]] = []
        self._record = record
        self._children = children
        self._graph: Graph[Node] = Graph(root, children, self._key)
        self._names: dict[Hashable, str] = {}

    @property
    def counts_depth(self) -> bool:
        """Whether records can be nested too deeply, so that functions take the depth that they are called at."""
        return bool(self._graph.recursive) or self._graph.height > MAX_NESTING

    def too_deep(self, level: int) -> str:
        """Return the condition under which a record at some level of a function is nested too deeply.

        It is empty where that cannot be.
        """
        if self._inside and self.counts_depth:
            return f"depth >= {MAX_NESTING - level}"
        return "True" if level >= MAX_NESTING else ""

    def is_apart(self, node: Node, depth: int) -> bool:
        """Return whether a node has a function of its own: by nature, or where the code is indented deeply."""
        return self._graph.is_apart(node) or (depth > MAX_INDENT and bool(self._children(node)))

    def class_name(self, record: Record) -> str:
        """Return what the module calls a record's class."""
        return self.scope.class_name(record.name)

    def call(self, verb: str, node: Node, value: str, level: int) -> str:
        """Return a call of a node's function, which is written if it is not yet."""
        name = self._function(verb, node)
        if not self.counts_depth:
            return f"{name}({value})"
        depth = f"depth + {level}" if self._inside else str(level)
        return f"{name}({value}, {depth})"

    _inside = False

    def enter(self) -> tuple[Node, str] | None:
        """Return the next node that waits for its function, with the function's name."""
        self._inside = True
        return self.waiting.pop(0) if self.waiting else None

    def _function(self, verb: str, node: Node) -> str:
        key = self._key(node) or id(node)
        if key not in self._names:
            record = self._record(node)
            taken = self._names.values()
            label = short_name(record.name) if record and verb == "skip" else self.class_name(record) if record else ""
            wanted = f"_{verb}_{label or f'part{len(self._names)}'}"
            self._names[key] = spelling.free(wanted, taken)
            self.waiting.append((node, self._names[key]))
        return self._names[key]

    def _key(self, node: Node) -> Hashable | None:
        return id(node) if self._record(node) is not None else None


def decimal_limit(precision: int) -> str:
    """Return source for ten to the power of a precision."""
    return str(power_of_ten(precision)) if precision <= 18 else f"10**{min(precision, 24_576)}"


def bytes_literal(raw: bytes) -> str:
    """Return source for bytes, all of them spelled as numbers."""
    return 'b"' + "".join(f"\\x{byte:02x}" for byte in raw) + '"'
