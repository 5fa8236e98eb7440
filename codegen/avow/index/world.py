"""All that an analysis knows: the typed code of some services, and what of it is a contract."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from mypy.nodes import FuncDef, MypyFile, SymbolNode, TypeInfo
from mypy.types import Type

from avow.config import Project
from avow.index.catalogue import Catalogue
from avow.index.code.files import service_of
from avow.index.code.units import Graph, components
from avow.index.typed.build import Checked
from avow.index.typed.contracts import Contracts
from avow.index.typed.shapes import Shapes


class World:
    """What mypy found, with the classes of the generated package recognised in it."""

    def __init__(self, project: Project, checked: Checked, catalogue: Catalogue, code: Graph) -> None:
        self.project = project
        self.code = code
        self.checked = checked
        self.contracts = Contracts(project, catalogue)
        self.shapes = Shapes(self.contracts)
        self.types: dict[object, Type] = dict(checked.result.types)
        self.places: dict[FuncDef, tuple[str, str]] = {}
        """File and qualified name of each function that was walked."""
        self._own: dict[int, bool] = {}
        self._libraries: dict[frozenset[str], set[str]] = {}

    @cached_property
    def files(self) -> Mapping[str, str]:
        """File names by module id."""
        return {module: file for file, module in self.checked.ids.items()}

    def tree(self, file: str) -> MypyFile | None:
        """Return the syntax tree of a file."""
        return self.checked.result.graph[self.checked.ids[file]].tree

    def service_of(self, file: str) -> str:
        """Return the service that a file belongs to."""
        return service_of(file, self.project.settings)

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

    @cached_property
    def constants(self) -> Mapping[SymbolNode, str]:
        """Variables of modules that are always one text."""
        from avow.index.observe.values import constants_in

        trees = [self.tree(file) for file in self.checked.ids]
        return {variable: text for tree in trees if tree is not None for variable, text in constants_in(tree)}

    @cached_property
    def _below(self) -> Mapping[str, list[TypeInfo]]:
        """The services' own classes by the full name of each class above them."""
        found: dict[str, list[TypeInfo]] = {}
        for file in self.checked.ids:
            tree = self.tree(file)
            for _, symbol, _ in tree.local_definitions() if tree is not None else ():
                if isinstance(symbol.node, TypeInfo):
                    for base in symbol.node.mro[1:]:
                        found.setdefault(base.fullname, []).append(symbol.node)
        return found

    def overrides(self, info: TypeInfo, name: str) -> list[SymbolNode]:
        """Return what classes below a class define by a name that it has."""
        below = self._below.get(info.fullname, ())
        found = [each.names[name].node for each in below if name in each.names]
        return [node for node in found if node is not None]

    @cached_property
    def together(self) -> Mapping[str, frozenset[str]]:
        """By file: all files that it is connected with by imports, in either direction."""
        return components({file: self.code.imports.get(file, set()) for file in self.checked.ids})

    def libraries(self, file: str) -> set[str]:
        """Return the libraries that a file, or one that it is connected with, imports, by their first names."""
        found = self._libraries.get(self.together[file])
        if found is None:
            found = {name for each in self.together[file] for name in self.code.libraries(each)}
            self._libraries[self.together[file]] = found
        return found
