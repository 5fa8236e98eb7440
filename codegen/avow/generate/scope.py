"""What a generated module calls things: classes of its own, classes of others, and Python's types."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from avow.generate.layout import Home
from avow.generate.spelling import free
from avow.runtime.schema import Array, Enum, Fixed, Map, Primitive, Record, Type, Union

_PRIMITIVES: Final = {
    "null": "None",
    "boolean": "bool",
    "int": "int",
    "long": "int",
    "float": "float",
    "double": "float",
    "bytes": "bytes",
    "string": "str",
}
LOGICAL: Final = {
    "decimal": "_Decimal",
    "big-decimal": "_Decimal",
    "uuid": "_UUID",
    "date": "_dt.date",
    "time-millis": "_dt.time",
    "time-micros": "_dt.time",
    "timestamp-millis": "_dt.datetime",
    "timestamp-micros": "_dt.datetime",
    "timestamp-nanos": "int",
    "local-timestamp-millis": "_dt.datetime",
    "local-timestamp-micros": "_dt.datetime",
    "local-timestamp-nanos": "int",
    "duration": "_Duration",
}
IMPORTS: Final = {
    "_dt": "import datetime as _dt",
    "_Decimal": "from decimal import Decimal as _Decimal",
    "_UUID": "from uuid import UUID as _UUID",
    "_Duration": "from {package}._runtime.record import Duration as _Duration",
    "_Never": "from typing import Never as _Never",
}


_LOCAL = re.compile(r"[a-z][0-9]+\Z")
"""What generated functions call their variables."""


class Scope:
    """The names of one generated module.

    ``here`` is the module, so that its own classes need no import; ``used`` gathers what it has to import,
    ``foreign`` the classes of other modules, under names that are unique here.
    """

    def __init__(self, package: str, here: str, homes: dict[str, Home], own: frozenset[str] = frozenset()) -> None:
        self.package = package
        self.used: set[str] = set()
        self.foreign: dict[str, str] = {}
        self._here = here
        self._homes = homes
        self._taken = set(own)

    def class_name(self, full_name: str) -> str:
        """Return what this module calls the class of a record or an enum."""
        home = self._homes[full_name]
        if home.module == self._here:
            return home.class_name
        if full_name not in self.foreign:
            name = home.class_name
            if name in self._taken or _LOCAL.match(name):
                name = "_".join((*home.package, home.class_name))
            self.foreign[full_name] = free(name, self._taken)
            self._taken.add(self.foreign[full_name])
        return self.foreign[full_name]

    def external(self, name: str) -> str:
        """Return a name that has to be imported, and remember that."""
        self.used.add(name.partition(".")[0])
        return name

    def annotation(self, type_: Type) -> str:
        """Return a type as Python's annotations write it."""
        return " | ".join(self._names(type_, self.class_name)) or self.external("_Never")

    def imports(self) -> list[str]:
        """Return the import lines of what was used from outside the package, sorted as formatters do."""
        lines = [IMPORTS[name].format(package=self.package) for name in self.used if name in IMPORTS]
        return sorted(lines, key=lambda line: (line.startswith("from"), line))

    def foreign_imports(self) -> list[str]:
        """Return the import lines of classes of other modules."""
        lines = []
        for full_name, name in self.foreign.items():
            home = self._homes[full_name]
            renamed = "" if name == home.class_name else f" as {name}"
            lines.append(f"from {self.package}.{home.module} import {home.class_name}{renamed}")
        return sorted(lines)

    def _names(self, type_: Type, named: Callable[[str], str]) -> list[str]:
        if isinstance(type_, Union):
            found = [name for branch in type_.branches for name in self._names(branch, named)]
            unique = list(dict.fromkeys(found))
            return [name for name in unique if name != "None"] + ["None"] * ("None" in unique)
        if isinstance(type_, Array):
            return [f"list[{self.annotation(type_.items)}]"]
        if isinstance(type_, Map):
            return [f"dict[str, {self.annotation(type_.values)}]"]
        if isinstance(type_, (Record, Enum)):
            return [named(type_.name)]
        return [self._leaf(type_)]

    def _leaf(self, type_: Primitive | Fixed) -> str:
        if type_.logical is not None:
            return self.external(LOGICAL[type_.logical.name])
        return "bytes" if isinstance(type_, Fixed) else _PRIMITIVES[type_.kind]
