"""A tree of schemas that is edited at random, the way people and their tools do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.support.inline import Json, namespace_of

ROOT = "ins"
NAMESPACES = ("ins", "ins.a", "a", "ins.a.b", "ins.class", "ins.class_", "ins.errors_", "")
"""Below the root namespace, the root itself, outside it, none."""
SHORT = ("Item", "None_", "list_", "Decimal", "x__", "Record", "Event", "Money_")
DOCS = ("", "Plain.", 'Ends in "', "Two\nlines.", "'''", '"""\nimport os')


@dataclass
class Shape:
    """A named type; `host` is the record that it is defined in, empty where it stands in `file` by itself."""

    kind: str
    file: str
    host: str = ""
    doc: str = ""
    width: int = 1
    refers: list[str] = field(default_factory=list)
    copied_to: str = ""


class Schemas:
    """Types by full name, always valid together; each edit says what it did."""

    def __init__(self, rng: Random, count: int) -> None:
        self.rng = rng
        self.types: dict[str, Shape] = {}
        for _ in range(count):
            self.add()

    def files(self) -> dict[str, Json]:
        """Return the files by name, with what they define."""
        found: dict[str, list[Json]] = {}
        for name, shape in self.types.items():
            if not shape.host:
                found.setdefault(shape.file, []).append(self._definition(name, set()))
            if shape.copied_to:
                found.setdefault(shape.copied_to, []).append(self._definition(name, set()))
        return {file: items[0] if len(items) == 1 else list(items) for file, items in found.items()}

    def edit(self) -> str:
        names = (self.add, self.clash, self.clash, self.remove, self.remove, self.rename)
        places = (self.move, self.nest, self.unnest, self.copy, self.copy, self.move_copy)
        return self.rng.choice((*names, *places, self.document, self.widen, self.widen, self.refer))()

    def add(self, name: str = "") -> str:
        name = name or self._free_name()
        kind = self.rng.choice(("record", "record", "record", "enum", "fixed"))
        self.types[name] = Shape(kind, self._file(name), doc=self.rng.choice(DOCS))
        if kind == "record":
            self.types[name].refers = self._reachable(name)[:2]
        return f"add {name}"

    def clash(self) -> str:
        """Add a type that takes the spelling of one that is there."""
        names = [name.removeprefix(f"{ROOT}.") for name in self.types]
        names += [name.removesuffix("_") for name in self.types]
        names += [name.replace(".class_", ".class").replace(".errors_", ".errors") for name in self.types]
        names += [name.replace(".x__", "._x") for name in self.types]
        names = [name for name in names if self._is_free(name)]
        return self.add(self.rng.choice(names)) if names else "nothing to clash with"

    def remove(self) -> str:
        name = self._any()
        self._drop_copies(name)
        for shape in self.types.values():
            if shape.host == name:
                shape.host = ""
        del self.types[name]
        for shape in self.types.values():
            shape.refers = [other for other in shape.refers if other != name]
        return f"remove {name}"

    def rename(self) -> str:
        old, new = self._any(), self._free_name()
        self.types = {new if name == old else name: shape for name, shape in self.types.items()}
        for name, shape in self.types.items():
            shape.refers = [new if other == old else other for other in shape.refers]
            shape.refers = [other for other in shape.refers if namespace_of(other) or not namespace_of(name)]
            shape.host = new if shape.host == old else shape.host
        self._repair_hosts()
        return f"rename {old} to {new}"

    def move(self) -> str:
        name = self._any()
        self.types[name].file = self._file(name)
        return f"move {name} to {self.types[name].file}"

    def nest(self) -> str:
        """Define a type inside a record that refers to it."""
        pairs = [(host, name) for host, shape in self.types.items() for name in shape.refers]
        pairs = [(host, name) for host, name in pairs if not self.types[name].host and not self._is_around(name, host)]
        if not pairs:
            return "nothing to nest"
        host, name = self.rng.choice(pairs)
        self._drop_copies(name)
        self._drop_copies(host)
        self.types[name].host = host
        return f"nest {name} in {host}"

    def unnest(self) -> str:
        nested = [name for name, shape in self.types.items() if shape.host]
        for name in nested[:1]:
            self._drop_copies(name)
            self.types[name].host = ""
        return f"unnest {nested[:1]}"

    def document(self) -> str:
        name = self._any()
        self.types[name].doc = self.rng.choice(DOCS)
        return f"document {name}"

    def widen(self) -> str:
        name = self._any()
        self.types[name].width += 1
        return f"widen {name}"

    def refer(self) -> str:
        name = self._any()
        if self.types[name].kind != "record":
            return "nothing to refer from"
        nested = [other for other in self.types[name].refers if self.types[other].host == name]
        self.types[name].refers = list(dict.fromkeys([*nested, *self._reachable(name)[:2]]))
        return f"refer from {name}"

    def copy(self) -> str:
        """Define a type a second time, in another file; or take such a copy away."""
        copied = [name for name, shape in self.types.items() if shape.copied_to]
        if copied:
            self.types[copied[0]].copied_to = ""
            return f"drop the copy of {copied[0]}"
        alone = [name for name in self.types if not any(shape.host == name for shape in self.types.values())]
        name = self.rng.choice(alone) if alone else ""
        if name:
            self.types[name].copied_to = self.rng.choice(("0.avsc", "zz.avsc", self._file(name)))
        return f"copy {name}"

    def move_copy(self) -> str:
        """Take the first of two definitions away, and leave the second."""
        for name, shape in self.types.items():
            if shape.copied_to:
                shape.file, shape.host, shape.copied_to = shape.copied_to, "", ""
                return f"leave the copy of {name}"
        return "nothing was copied"

    # helpers

    def _any(self) -> str:
        if len(self.types) < 4:
            self.add()
        return self.rng.choice(list(self.types))

    def _free_name(self) -> str:
        while True:
            space, short = self.rng.choice(NAMESPACES), self.rng.choice(SHORT)
            name = f"{space}.{short}" if space else short
            if self._is_free(name):
                return name

    def _is_free(self, name: str) -> bool:
        return name.lower() not in {taken.lower() for taken in self.types}

    def _file(self, name: str) -> str:
        return self.rng.choice((f"{name.replace('.', '/')}.avsc", f"many/{self.rng.randrange(3)}.avsc"))

    def _reachable(self, name: str) -> list[str]:
        """Return types that `name` may refer to, in random order: none without namespace from inside of one."""
        names = [other for other in self.types if other != name and (namespace_of(other) or not namespace_of(name))]
        self.rng.shuffle(names)
        return names

    def _is_around(self, name: str, inner: str) -> bool:
        while inner:
            if inner == name:
                return True
            inner = self.types[inner].host
        return False

    def _drop_copies(self, name: str) -> None:
        for around in self._outwards(name):
            self.types[around].copied_to = ""

    def _outwards(self, name: str) -> Iterator[str]:
        while name:
            yield name
            name = self.types[name].host

    def _repair_hosts(self) -> None:
        for name, shape in self.types.items():
            if shape.host and name not in self.types[shape.host].refers:
                shape.host = ""

    def _definition(self, name: str, shown: set[str]) -> dict[str, Json]:
        shape = self.types[name]
        space, _, short = name.rpartition(".")
        head: dict[str, Json] = {"type": shape.kind, "name": short, "namespace": space}
        if shape.doc:
            head["doc"] = shape.doc
        if shape.kind == "enum":
            return {**head, "symbols": [f"S{n}" for n in range(shape.width)]}
        if shape.kind == "fixed":
            return {**head, "size": shape.width}
        fields: list[Json] = [{"name": f"f{n}", "type": "int"} for n in range(shape.width)]
        for n, other in enumerate(shape.refers):
            inside = self.types[other].host == name and other not in shown
            type_ = self._definition(other, shown) if inside else other
            fields.append({"name": f"r{n}", "type": ["null", type_]})
        return {**head, "fields": fields}
