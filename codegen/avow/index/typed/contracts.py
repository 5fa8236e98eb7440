"""The classes of the generated package, as mypy sees them, and the schemas that they stand for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from mypy.nodes import TypeInfo, Var

from avow.config import Project
from avow.errors import AvowError
from avow.index.catalogue import Catalogue

_RENAME = re.compile(r"^class (\w+)\(_Record, rename=(\{.*?\})\):", re.MULTILINE)


class Contracts:
    """The record classes of one generated package. ``names`` gives the schema's full name by the class's."""

    def __init__(self, project: Project, catalogue: Catalogue) -> None:
        self.package = project.settings.package
        self.catalogue = catalogue
        self._namespace = project.settings.namespace
        self._folder = project.generated / self.package
        homes = _registry(project)
        self.names = {
            f"{self.package}.{module}.{class_name}": name
            for name, (module, class_name, *_) in homes.items()
            if name not in catalogue or catalogue[name].shape == "record"
        }
        self.outlived = frozenset(name for name in self.names.values() if name not in catalogue)
        """Types of the package that the schemas have no longer, as it was not generated since."""
        self.record = f"{self.package}._runtime.record.Record"
        self._known: dict[TypeInfo, str] = {}
        self._fields: dict[tuple[TypeInfo, str], tuple[str, str]] = {}

    def name(self, info: TypeInfo) -> str:
        """Return the full name of the schema of a class, or of the nearest class above that has one; else nothing."""
        found = self._known.get(info)
        if found is None:
            found = next((self.names[each.fullname] for each in info.mro if each.fullname in self.names), "")
            self._known[info] = found
        return found

    def field(self, info: TypeInfo, attribute: str) -> tuple[str, str]:
        """Return which type declares an attribute of a class and the field's name in the schema, or two nothings.

        A class of the services below a contract has copies of its fields; those are still the contract's.
        """
        found = self._fields.get((info, attribute))
        if found is None:
            found = self._fields[info, attribute] = self._field(info, attribute)
        return found

    def _field(self, info: TypeInfo, attribute: str) -> tuple[str, str]:
        if attribute.startswith("__"):
            return "", ""
        for each in info.mro:
            symbol = each.names.get(attribute)
            name = self.names.get(each.fullname, "")
            if symbol is not None and (name or not isinstance(symbol.node, Var)):
                return (name, self.wire(name, attribute)) if isinstance(symbol.node, Var) else ("", "")
        return "", ""

    def lacks(self, info: TypeInfo, attribute: str) -> bool:
        """Return whether a class is one of a contract, or below one, and has no such attribute at all."""
        return bool(self.name(info)) and not attribute.startswith("_") and info.get(attribute) is None

    def attributes(self, info: TypeInfo) -> list[str]:
        """Return the attributes of a class that are fields, in the order of the class.

        Of what mypy knows of a class only this list has an order that outlives its cache.
        """
        listed = info.metadata.get("dataclass", {}).get("attributes", [])
        return [each["name"] for each in listed if self.field(info, each["name"])[0]]

    def wire(self, name: str, attribute: str) -> str:
        """Return the name in the schema of a type's attribute, which differs where Python could not take it."""
        return self._renames.get(name, {}).get(attribute, attribute)

    def held(self, name: str, attribute: str) -> tuple[str, ...]:
        """Return the types of which a type's attribute holds values."""
        row = self.catalogue.get(name)
        field = row.fields.get(self.wire(name, attribute)) if row is not None else None
        return field.records if field is not None else ()

    @cached_property
    def plain(self) -> frozenset[str]:
        """The attributes that hold no values of contracts, whatever type has them."""
        pairs = [(attribute, name) for attribute, names in self.by_attribute.items() for name in names]
        return frozenset(self.by_attribute) - {attribute for attribute, name in pairs if self.held(name, attribute)}

    @cached_property
    def by_attribute(self) -> dict[str, tuple[str, ...]]:
        """The types with a field of each attribute's name."""
        found: dict[str, list[str]] = {}
        for name in self.names.values():
            back = {wire: attribute for attribute, wire in self._renames.get(name, {}).items()}
            row = self.catalogue.get(name)
            for field in (*row.fields, *row.lost) if row is not None else ():
                found.setdefault(back.get(field, field), []).append(name)
        return {attribute: tuple(sorted(names)) for attribute, names in found.items()}

    @cached_property
    def _renames(self) -> dict[str, dict[str, str]]:
        """By type: attribute -> name in the schema, of those that differ."""
        modules = {full_name.rpartition(".")[0] for full_name in self.names}
        return {name: names for module in modules for name, names in self._renames_in(module)}

    def _renames_in(self, module: str) -> Iterator[tuple[str, dict[str, str]]]:
        path = self._folder.parent / f"{module.replace('.', '/')}.py"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return
        for class_name, renames in _RENAME.findall(text):
            name = self.names.get(f"{module}.{class_name}")
            if name is not None:
                yield name, ast.literal_eval(renames)

    @cached_property
    def by_text(self) -> dict[str, str]:
        """Contracts by what they are called in texts: their full and short names, and their channels."""
        found: dict[str, set[str]] = {}
        for name, row in self.catalogue.items():
            if row.kind:
                for text in (name, name.rpartition(".")[2], row.channel):
                    found.setdefault(text, set()).add(name)
        return {text: names.pop() for text, names in found.items() if text and len(names) == 1}

    def gone(self, module: str, name: str) -> str:
        """Return the full name of the type whose class a module of the package would hold, and does not; or nothing."""
        if not name[:1].isupper() or not self.in_namespace(module):
            return ""
        found = ".".join(part for part in (self._namespace, *module.split(".")[1:], name) if part)
        return found if found not in self.catalogue else ""

    def in_namespace(self, module: str) -> Iterable[str]:
        """Return the types whose classes a module of the package, or one below it, holds."""
        return sorted(name for full_name, name in self.names.items() if full_name.startswith(f"{module}."))


def _registry(project: Project) -> dict[str, tuple[str, ...]]:
    """Return the module and class of each type in the generated package, read and not run."""
    path = project.generated / project.settings.package / "_registry.py"
    fix = "Run `avow generate`."
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except OSError:
        raise AvowError("there is no generated package", file=project.name(path.parent), fix=fix) from None
    except (SyntaxError, ValueError):
        raise AvowError("cannot be read", file=project.name(path), fix=fix) from None
    for statement in tree.body:
        if isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == "TYPES" and statement.value:
            found: dict[str, tuple[str, ...]] = ast.literal_eval(statement.value)
            return found
    raise AvowError("has no table of types", file=project.name(path), fix=fix)
