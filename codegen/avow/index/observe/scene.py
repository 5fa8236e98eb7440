"""Where an observation stands: which file and function, what types say there, and how to note something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    CallExpr,
    Context,
    Expression,
    FuncDef,
    IndexExpr,
    LambdaExpr,
    MemberExpr,
    MypyFile,
    NameExpr,
    Node,
    RefExpr,
    TypeAlias,
    TypeInfo,
    Var,
)
from mypy.types import AnyType, CallableType, Instance, Overloaded, Type, get_proper_type

from avow.index.fact import MODULE, WHOLE, Fact, Kind
from avow.index.observe.notes import Meant, Notes, Slot
from avow.index.typed.libraries import is_foreign
from avow.index.typed.shapes import instances
from avow.index.world import World


class Scene:
    """One target being observed; what is found goes to its notes."""

    def __init__(self, world: World, file: str, names: Iterable[str] = ()) -> None:
        self.world = world
        self.type = world.type
        """Returns the type of an expression; None where mypy did not look."""
        self.shapes = world.shapes
        self.contracts = world.contracts
        self.file = file
        self.module = world.ids[file]
        self.service = world.service_of(file)
        self.names = list(names)
        self.functions: list[FuncDef | LambdaExpr] = []
        self.notes = Notes()
        self.roles: dict[int, str] = {}
        """What becomes of an expression, by its identity: see the marks below."""
        self.origins: dict[Var, str] = {}
        """The field that a local variable was taken from."""
        self.encoded: dict[Var, list[Expression]] = {}
        """The values of which a local variable holds the encoded bytes."""
        self.sources: dict[Var, list[Expression]] = {}
        """The expressions that a local variable was set to."""
        self.dropped: set[int] = set()
        """What is called where nobody looks at the result, by its identity."""
        self.meant: dict[int, list[Meant]] = {}
        """The functions that an expression stands for, by its identity."""
        self.loose: dict[Var, Slot] = {}
        """The parameters around that take anything."""

    # places

    @property
    def function(self) -> str:
        """The qualified name of the function here."""
        return ".".join(self.names) or MODULE

    @property
    def around(self) -> FuncDef | None:
        """The innermost function with a name here."""
        return next((each for each in reversed(self.functions) if isinstance(each, FuncDef)), None)

    def is_here(self, function: FuncDef) -> bool:
        """Return whether a function is one of this file, and not of another function."""
        return function.fullname.startswith(f"{self.module}.")

    def is_foreign(self, type_: Type | None) -> bool:
        """Return whether values of a type come from a library that hands out no contracts."""
        return is_foreign(type_, self.world.hooks(self.file))

    # marks

    def mark(self, node: Node, role: str) -> None:
        """Say what becomes of an expression before it is visited.

        ``write`` and ``update`` an attribute that is set, ``called`` what is called, ``kept`` a value that goes
        nowhere, ``named`` a class that is named for a purpose which is noted already.
        """
        self.roles[id(node)] = role

    def role(self, node: Node) -> str:
        """Return what becomes of an expression, as far as that was said."""
        return self.roles.get(id(node), "")

    # notes

    def fact(self, kind: Kind, type_: str, field: str, line: int, reason: str = "", via: str = "") -> Fact:
        """Return a fact about this place."""
        return Fact(type_, field, kind, self.service, self.file, self.function, reason, via, line)

    def note(self, kind: Kind, type_: str, field: str, line: int, via: str = "") -> None:
        """Note a fact that stands by itself."""
        self.notes.facts.append(self.fact(kind, type_, field, line, "", via))

    def escape(self, carried: Iterable[str], line: int, reason: str) -> None:
        """Note that values of contracts go where they cannot be followed."""
        for name in carried:
            if name.startswith("~"):
                self.notes.leaking_types.add((self.around, name))
            else:
                self.notes.facts.append(self.fact("escape", name, WHOLE, line, reason))

    def escape_all(self, module: str, line: int, reason: str) -> None:
        """Note that the classes of a module of the generated package go where they cannot be followed."""
        if module == self.contracts.package:
            self.notes.facts.append(self.fact("escape", WHOLE, WHOLE, line, reason))
        else:
            self.escape(self.contracts.in_namespace(module), line, reason)

    def mention(self, names: Iterable[str]) -> None:
        """Note that types are named here, so that values of them may come here."""
        self.notes.mentions.update(name for name in names if not name.startswith("~"))


def line_of(node: Context) -> int:
    """Return the line of the last word of an expression, which for an attribute is that of its name."""
    return node.end_line or node.line


def text_of(node: Expression) -> str:
    """Return how an expression is written, as far as it is made of names."""
    if isinstance(node, NameExpr):
        return node.name
    if isinstance(node, MemberExpr):
        return f"{text_of(node.expr)}.{node.name}"
    if isinstance(node, CallExpr):
        return f"{text_of(node.callee)}()"
    if isinstance(node, IndexExpr):
        return f"{text_of(node.base)}[]"
    return "..."


def names_of(scene: Scene, callee: Expression) -> list[str]:
    """Return the full names by which a function that is called may be known: its own and those of its class's bases."""
    found = []
    if isinstance(callee, RefExpr) and callee.fullname:
        found.append(callee.fullname)
    if isinstance(callee, MemberExpr):
        for instance in instances(scene.type(callee.expr)):
            found += scene.shapes.full_names(instance.type, callee.name)
        found += [f"{name}.{callee.name}" for name in _missing(scene, callee.expr)]
    type_ = get_proper_type(scene.type(callee)) if scene.type(callee) else None
    items = type_.items if isinstance(type_, Overloaded) else [type_]
    for item in items:
        if isinstance(item, CallableType) and item.definition is not None and item.definition.fullname:
            found.append(item.definition.fullname)
    return found


def _missing(scene: Scene, node: Expression) -> Iterator[str]:
    """Yield the name of what cannot be found and is, or made, a value: a module, a class, a function."""
    maker = node.callee if isinstance(node, CallExpr) else node
    type_ = get_proper_type(scene.type(node))
    if is_from_nowhere(maker):
        yield written(maker)
    elif isinstance(type_, AnyType) and (name := (type_.source_any or type_).missing_import_name) is not None:
        yield name


def is_from_nowhere(node: Expression) -> bool:
    """Return whether an expression is, or is part of, a module that cannot be found."""
    while isinstance(node, MemberExpr):
        node = node.expr
    return isinstance(node, NameExpr) and isinstance(node.node, Var) and node.node.is_suppressed_import


def written(node: Expression) -> str:
    """Return a dotted name as it is written, begun by what its first part was imported as; empty for all else."""
    if isinstance(node, NameExpr):
        return node.fullname if is_from_nowhere(node) else node.name
    base = written(node.expr) if isinstance(node, MemberExpr) else ""
    return f"{base}.{node.name}" if base and isinstance(node, MemberExpr) else ""


def module_of(node: Expression) -> MypyFile | None:
    """Return the module that an expression names, if it names one."""
    return node.node if isinstance(node, RefExpr) and isinstance(node.node, MypyFile) else None


def class_of(scene: Scene, node: Expression) -> TypeInfo | None:
    """Return the class that an expression names, through aliases of it, if it names one."""
    target = node.node if isinstance(node, RefExpr) else None
    if isinstance(target, TypeAlias):
        proper = get_proper_type(target.target)
        return proper.type if isinstance(proper, Instance) else None
    return target if isinstance(target, TypeInfo) else None
