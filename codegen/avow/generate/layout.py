"""Where everything goes: which package, module and class holds a named type.

Decided from the set of all names alone, so that it is the same whatever else a schema says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from avow.generate.spelling import KEYWORDS, NOT_CLASSES, RESERVED_PACKAGES, free, respell
from avow.runtime.schema import namespace_of, short_name

ROOT = "root_"
"""The package of types in the root namespace, or in none."""


class Home(Struct, frozen=True):
    """Where a type lives: class ``class_name`` of ``contracts.<package>``, defined in ``module`` below contracts.

    ``unit`` is the outermost definition around the type; its types share a codec, and those of one package
    a module.
    """

    name: str
    package: tuple[str, ...]
    class_name: str
    module: str
    codec: str
    unit: str


class Layout:
    """The homes of a set of types, given as full name -> full name of the outermost definition around it."""

    def __init__(self, units: Mapping[str, str], root: str) -> None:
        self._root = root
        self._units = units
        names = sorted(units, key=lambda name: (self._is_outside(name), name))
        self.packages = self._packages({self._segments(name) for name in names})
        self.homes = self._homes(names)

    def members(self) -> dict[tuple[str, ...], list[Home]]:
        """Return the types of each package, sorted by class."""
        found: dict[tuple[str, ...], list[Home]] = {path: [] for path in self.packages.values()}
        for home in self.homes.values():
            found[home.package].append(home)
        return {path: sorted(homes, key=lambda home: home.class_name) for path, homes in sorted(found.items())}

    def _is_outside(self, name: str) -> bool:
        namespace = namespace_of(name)
        return namespace != self._root and not namespace.startswith(f"{self._root}.")

    def _segments(self, name: str) -> tuple[str, ...]:
        namespace = namespace_of(name)
        if namespace in ("", self._root):
            return ()
        inside = self._root and not self._is_outside(name)
        return tuple((namespace[len(self._root) + 1 :] if inside else namespace).split("."))

    def _packages(self, wanted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Spell every package and those around it; siblings stay apart."""
        every = {path[:length] for path in wanted for length in range(1, len(path) + 1)}
        spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
        for parent in sorted({path[:-1] for path in every}, key=lambda path: (len(path), path)):
            siblings = sorted(path[-1] for path in every if path[:-1] == parent)
            private = frozenset(name for name in siblings if name.startswith("_"))
            names = respell(siblings, private | (RESERVED_PACKAGES if not parent else frozenset()))
            for name in siblings:
                spelled[(*parent, name)] = (*spelled.get(parent, ()), names[name])
        if () in wanted:
            spelled[()] = (ROOT,)
        return spelled

    def _homes(self, names: list[str]) -> dict[str, Home]:
        taken: dict[tuple[str, ...], set[str]] = {path: set() for path in self.packages.values()}
        for path in self.packages.values():
            if path[:-1] in taken:
                taken[path[:-1]].add(path[-1])
        fine_first = sorted(names, key=lambda name: _class_name(name) != short_name(name))
        classes = {name: self._class(name, taken) for name in fine_first}
        stems: dict[tuple[str, tuple[str, ...]], str] = {}
        for name in sorted(names, key=lambda name: (self._units[name] != name, name)):
            package, class_name = classes[name]
            stems.setdefault((self._units[name], package), class_name)
        homes = {}
        for name in names:
            unit, (package, class_name) = self._units[name], classes[name]
            module = ".".join((*package, f"_{stems[unit, package]}"))
            codec = ".".join(("_codecs", *classes[unit][0], classes[unit][1]))
            homes[name] = Home(name, package, class_name, module, codec, unit)
        return homes

    def _class(self, name: str, taken: dict[tuple[str, ...], set[str]]) -> tuple[tuple[str, ...], str]:
        package = self.packages[self._segments(name)]
        spelled = free(_class_name(name), taken[package])
        taken[package].add(spelled)
        return package, spelled


def _class_name(name: str) -> str:
    """The short name, or what a class can be called instead, unless that is taken."""
    short = short_name(name)
    if short in KEYWORDS or short in NOT_CLASSES or short.startswith("_"):
        return respell([short], frozenset({short}))[short]
    return short
