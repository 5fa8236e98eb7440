"""What an analysis of one unit knows: its typed code, and what of it is a contract."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from mypy.build import State
from mypy.nodes import Expression, FuncDef, MypyFile, SymbolNode, TypeInfo, Var
from mypy.types import Type

from avow.config import Project
from avow.index.code.files import is_test, service_of
from avow.index.code.units import Graph, Unit, components
from avow.index.typed.build import Checked
from avow.index.typed.shapes import Shapes
from avow.index.typed.tops import Getter, constants_in, fixtures_in, getters_in

if TYPE_CHECKING:
    from avow.index.observe.notes import Meant


class World:
    """One unit in what mypy found."""

    def __init__(self, project: Project, unit: Unit, checked: Checked, shapes: Shapes, code: Graph) -> None:
        self.project = project
        self.unit = unit
        self.code = code
        self.shapes = shapes
        self.contracts = shapes.contracts
        self.ids = {file: checked.ids[file] for file in unit.files if file in checked.ids}
        """Ids of the modules by file name."""
        self.places: dict[FuncDef, tuple[str, str]] = {}
        """File and qualified name of each function that was walked."""
        self.inferred: set[Var] = set()
        """Variables without annotation that were given a type since."""
        self.dispatching: set[Var] = set()
        """Variables that hold functions by the class of what they handle."""
        self.functions: dict[tuple[int, int], list[Meant]] = {}
        """The functions that were put into a slot, by the key of that."""
        self.checked = checked
        self._types: Mapping[Expression, Type] = checked.result.types
        self._learnt: dict[Expression, Type] = {}
        self._own: dict[int, bool] = {}
        self._libraries: dict[frozenset[str], set[str]] = {}
        self._hooks: dict[frozenset[str], frozenset[str]] = {}

    def type(self, node: Expression) -> Type | None:
        """Return the type of an expression; None where mypy did not look."""
        return self._learnt.get(node) or self._types.get(node)

    def learn(self, types: Mapping[Expression, Type]) -> None:
        """Take the types of expressions that were typed again."""
        self._learnt.update(types)

    # modules

    @cached_property
    def files(self) -> Mapping[str, str]:
        """File names by module id."""
        return {module: file for file, module in self.ids.items()}

    def state(self, file: str) -> State:
        """Return mypy's state of a file."""
        return self.checked.result.graph[self.ids[file]]

    def tree(self, file: str) -> MypyFile:
        """Return the syntax tree of a file."""
        tree = self.state(file).tree
        assert tree is not None
        return tree

    def library(self, module: str) -> MypyFile:
        """Return the module of a library, such as `typing`."""
        tree = self.checked.result.graph[module].tree
        assert tree is not None
        return tree

    def service_of(self, file: str) -> str:
        """Return the service that a file belongs to; a library of the repository is part of who uses it."""
        return service_of(file, self.project.settings) or self.unit.service

    # the services' own

    def is_own(self, node: SymbolNode) -> bool:
        """Return whether a function, class or variable is the services' own and was checked as source."""
        known = self._own.get(id(node))
        if known is None:
            known = self._own[id(node)] = self._is_own(node)
        return known

    def _is_own(self, node: SymbolNode) -> bool:
        if isinstance(node, TypeInfo):
            return node.module_name in self.files
        info = getattr(node, "info", None)
        if info:
            return self.is_own(info)
        name = node.fullname or ""
        if "." not in name:  # local to a function
            return True
        while name:
            name = name.rpartition(".")[0]
            if name in self.files:
                return True
        return False

    def is_unwritten(self, variable: Var) -> bool:
        """Return whether nobody wrote down the type of a variable."""
        return variable.is_inferred or variable in self.inferred

    @cached_property
    def _below(self) -> Mapping[str, list[TypeInfo]]:
        """The services' own classes by the full name of each class above them."""
        found: dict[str, list[TypeInfo]] = {}
        for file in self.ids:
            for _, symbol, _ in self.tree(file).local_definitions():
                if isinstance(symbol.node, TypeInfo):
                    for base in symbol.node.mro[1:]:
                        found.setdefault(base.fullname, []).append(symbol.node)
        return found

    def below(self, info: TypeInfo) -> list[TypeInfo]:
        """Return the services' own classes below a class."""
        return self._below.get(info.fullname, [])

    def overrides(self, info: TypeInfo, name: str) -> list[SymbolNode]:
        """Return what classes below a class define by a name that it has."""
        below = self._below.get(info.fullname, ())
        found = [each.names[name].node for each in below if name in each.names]
        return [node for node in found if node is not None]

    @cached_property
    def constants(self) -> Mapping[SymbolNode, tuple[str, ...]]:
        """Variables of modules that are always one text, or hold the same ones."""
        return {variable: texts for file in self.ids for variable, texts in constants_in(self.tree(file))}

    @cached_property
    def getters(self) -> Mapping[SymbolNode, Getter]:
        """Variables of modules and classes that are set to an attrgetter."""
        return {variable: Getter(call, file) for file in self.ids for variable, call in getters_in(self.tree(file))}

    @cached_property
    def fixtures(self) -> Mapping[str, list[FuncDef]]:
        """Fixtures of tests by their names."""
        found: dict[str, list[FuncDef]] = {}
        for file in self.ids:
            if is_test(file):
                for name, function in fixtures_in(self.tree(file)):
                    found.setdefault(name, []).append(function)
        return found

    # what belongs together

    @cached_property
    def together(self) -> Mapping[str, frozenset[str]]:
        """By file: all files that it is connected with by imports, in either direction."""
        return components({file: self.code.imports.get(file, set()) for file in self.ids})

    def libraries(self, file: str) -> set[str]:
        """Return the libraries that a file, or one that it is connected with, imports, by their first names."""
        found = self._libraries.get(self.together[file])
        if found is None:
            found = {name for each in self.together[file] for name in self.code.outside.get(each, ())}
            self._libraries[self.together[file]] = found
        return found

    def hooks(self, file: str) -> frozenset[str]:
        """Return by what, in a file or one that it is connected with, libraries may have been given contracts."""
        near = self.together[file]
        if near not in self._hooks:
            self._hooks[near] = frozenset().union(*(self.checked.hooks.get(each, frozenset()) for each in near))
        return self._hooks[near]
