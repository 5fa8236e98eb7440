"""Random schemas, as JSON, with the data that belongs to them.

All of Avro 1.12: every primitive and logical type, enums, fixed, arrays, maps, unions, nested and recursive
records, references to earlier names, namespaces in all their spellings, defaults of every type, and names
that mean something to Python. Recursion passes through a union, an array or a map, so data is finite.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.support.classes import Classes, classes_of
from tests.support.inline import PRIMITIVES, Definition, Json, full_name, namespace_of, qualified
from tests.support.values import height, random_value, values

from avow.runtime import schema as model
from avow.runtime.parse import parse

__all__ = ["Drawn", "Options", "drawn", "random_schema", "random_value", "schemas", "values"]

NAMES = tuple(
    "a b id amount Name x_1 _x class None True def match type self cls name value int str list print __init__"
    " __slots__ __x mro _ignore_ _value_ datetime Decimal encode decode copy msgspec object __class__".split()
)
TYPE_NAMES = tuple(
    "A B Event Item Money class None datetime Decimal UUID Enum Record Duration framing testing encode type"
    " str list print Any Optional property E_1 _T __dunder__".split()
)
NAMESPACES = ("", "ns", "ns.sub", "other.deep.er", "class.None", "_runtime", "contracts.root_", "x.import.y")
SYMBOLS = tuple("RED GREEN name value mro None class _ignore_ __init__ _value_ auto self a A x1".split())
DOCS = (
    "Plain.",
    '"""\nimport os',
    "ends in \\",
    "{{ x }} {% raw %}",
    "\u202et\u0000",
    "# no comment",
    "{x!r}",
)
TIMESTAMPS = tuple(f"{kind}timestamp-{unit}" for kind in ("", "local-") for unit in ("millis", "micros", "nanos"))
LEAVES: tuple[Json, ...] = (
    *sorted(PRIMITIVES),
    {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2},
    {"type": "bytes", "logicalType": "decimal", "precision": 40, "scale": 40},
    {"type": "bytes", "logicalType": "big-decimal"},
    {"type": "string", "logicalType": "uuid"},
    {"type": "int", "logicalType": "date"},
    {"type": "int", "logicalType": "time-millis"},
    {"type": "long", "logicalType": "time-micros"},
    *({"type": "long", "logicalType": name} for name in TIMESTAMPS),
    {"type": "string", "logicalType": "unknown-to-all"},
    {"type": "int", "logicalType": "uuid"},
    {"type": "string", "avro.java.string": "String"},
)
FIXED: tuple[dict[str, Json], ...] = (
    {"size": 0},
    {"size": 1},
    {"size": 16},
    {"size": 16, "logicalType": "uuid"},
    {"size": 12, "logicalType": "duration"},
    {"size": 4, "logicalType": "decimal", "precision": 9, "scale": 3},
    {"size": 20, "logicalType": "decimal", "precision": 40},
)


_PARTS = [ns.split(".") for ns in NAMESPACES]
_RESERVED = frozenset(".".join(parts[:end]).lower() for parts in _PARTS for end in range(1, len(parts) + 1))
"""No type may have the full name of a namespace."""


@dataclass(frozen=True)
class Options:
    """What to draw.

    `bare_inside` allows types without namespace inside namespaced ones; `records_only` wants a record at the
    top; `budget` is about how many types a schema has.
    """

    logical: bool = True
    defaults: bool = True
    bare_inside: bool = True
    unique_short_names: bool = False
    budget: int = 14
    records_only: bool = False


class Drawn(NamedTuple):
    """A schema, its model, classes for it, and one value."""

    schema: Json
    type: model.Type
    classes: Classes
    value: Any


def schemas(options: Options = Options()) -> st.SearchStrategy[Json]:
    """Return a strategy of valid, self-contained schemas."""
    return st.randoms(use_true_random=False).map(lambda rng: random_schema(rng, options))


def drawn(options: Options = Options()) -> st.SearchStrategy[Drawn]:
    """Return a strategy of schemas with a value each."""
    return st.randoms(use_true_random=False).map(lambda rng: random_drawn(rng, options))


def random_drawn(rng: Random, options: Options = Options()) -> Drawn:
    schema = random_schema(rng, options)
    type_ = parse(schema)
    assert height(type_) < 100, schema
    classes = classes_of(type_)
    return Drawn(schema, type_, classes, random_value(type_, rng, classes))


def random_schema(rng: Random, options: Options = Options()) -> Json:
    """Return a random valid schema that needs no other."""
    maker = _Schemas(rng, options)
    return maker.record("") if options.records_only or rng.random() < 0.7 else maker.type("", 0)


@dataclass
class _Schemas:
    rng: Random
    options: Options
    known: dict[str, Definition] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=lambda: set(_RESERVED))
    spent: int = 0

    def type(self, around: str, depth: int, guarded: bool = False) -> Json:
        """Draw any type; `guarded` says that a union, array or map stands between it and the open records."""
        self.spent += 1
        reference = self._reference(around, guarded) if self.rng.random() < 0.3 else None
        if reference is not None:
            return reference
        if depth > 4 or self.spent > self.options.budget or self.rng.random() < 0.35:
            return self.leaf()
        makers = (self.record, self.record, self._enum, self._fixed, self._array, self._map, self._union)
        return self.rng.choice(makers)(around, depth + 1)

    def leaf(self) -> Json:
        leaf = self.rng.choice(LEAVES)
        if isinstance(leaf, dict) and not self.options.logical:
            return leaf["type"]
        return {"type": leaf} if isinstance(leaf, str) and self.rng.random() < 0.1 else leaf

    def _reference(self, around: str, guarded: bool) -> str | None:
        """Name an earlier type, in one of the spellings that reach it."""
        names = [n for n in self.known if (guarded or n not in self.open) and ("." in n or not around)]
        if not names:
            return None
        name = self.rng.choice(names)
        short = model.short_name(name)
        reachable = namespace_of(name) == around and short not in PRIMITIVES
        return short if reachable and self.rng.random() < 0.5 else name

    def _head(self, kind: str, around: str) -> tuple[dict[str, Json], str]:
        """Draw the name of a new type, spelled as a name, with a namespace, or dotted."""
        namespace = around if self.rng.random() < 0.5 else self.rng.choice(NAMESPACES)
        if around and not namespace and not self.options.bare_inside:
            namespace = around
        short = self._free_name(namespace)
        head: dict[str, Json] = {"type": kind, "name": short}
        if namespace != around:
            if namespace and self.rng.random() < 0.3:
                head["name"] = f"{namespace}.{short}"
            else:
                head["namespace"] = namespace
        if self.rng.random() < 0.3:
            head["doc"] = self.rng.choice(DOCS)
        return head, f"{namespace}.{short}" if namespace else short

    def _free_name(self, namespace: str) -> str:
        short, number = self.rng.choice(TYPE_NAMES), 0
        while True:
            candidate = f"{short}{number or ''}"
            scope = "" if self.options.unique_short_names else f"{namespace}."
            if f"{scope}{candidate}".lstrip(".").lower() not in self.taken:
                self.taken.add(f"{scope}{candidate}".lstrip(".").lower())
                return candidate
            number += 1

    def _done(self, made: dict[str, Json], name: str, around: str) -> dict[str, Json]:
        self.known[name] = Definition(made, around)
        return made

    def record(self, around: str, depth: int = 0) -> Json:
        made, name = self._head(self.rng.choice(("record", "record", "record", "error")), around)
        self._done(made, name, around)
        self.open.add(name)
        count = self.rng.choice((0, 1, 2, 3, 5, 8))
        names = self.rng.sample(NAMES, count)
        made["fields"] = [self._field(text, namespace_of(name), depth) for text in names]
        self.open.discard(name)
        return made

    def _field(self, name: str, around: str, depth: int) -> Json:
        made: dict[str, Json] = {"name": name, "type": self.type(around, depth + 1)}
        if self.rng.random() < 0.2:
            made["doc"] = self.rng.choice(DOCS)
        if self.options.defaults and self.rng.random() < 0.4:
            default = self.default(made["type"], around, 0)
            if default is not model.NO_DEFAULT:
                made["default"] = default
        return made

    def _enum(self, around: str, depth: int) -> Json:
        made, name = self._head("enum", around)
        made["symbols"] = self.rng.sample(SYMBOLS, self.rng.randint(1, 6))
        if self.rng.random() < 0.3:
            made["default"] = self.rng.choice(made["symbols"])
        return self._done(made, name, around)

    def _fixed(self, around: str, depth: int) -> Json:
        made, name = self._head("fixed", around)
        chosen = self.rng.choice(FIXED)
        made.update(chosen if self.options.logical else {"size": chosen["size"]})
        return self._done(made, name, around)

    def _array(self, around: str, depth: int) -> Json:
        return {"type": "array", "items": self.type(around, depth, True)}

    def _map(self, around: str, depth: int) -> Json:
        return {"type": "map", "values": self.type(around, depth, True)}

    def _union(self, around: str, depth: int) -> Json:
        """Draw branches that Avro can tell apart; the first needs no open record, so that data is finite."""
        leaf = self.leaf()
        branches: dict[str, Json] = {_branch_key(leaf, around): leaf}
        for _ in range(self.rng.randint(0, 4)):
            before = dict(self.known)
            branch = self.type(around, depth, True)
            key = "" if isinstance(branch, list) else _branch_key(branch, around)
            if not key or key in branches:
                self.known = before  # what a branch that is thrown away has defined is gone with it
            else:
                branches[key] = branch
        made = list(branches.values())
        if all(isinstance(branch, str) or branch["type"] in PRIMITIVES for branch in made):
            self.rng.shuffle(made)  # otherwise a reference might come before its definition
        return made

    def default(self, type_: Json, around: str, depth: int) -> Json:
        """Draw a default that a type admits, or NO_DEFAULT where that takes too long."""
        if isinstance(type_, str):
            if type_ in PRIMITIVES:
                return self.rng.choice(_DEFAULTS[type_])
            name = qualified(type_, around)
            return model.NO_DEFAULT if name in self.open else self._named_default(*self.known[name], depth)
        if isinstance(type_, list):
            return self._union_default(type_, around, depth)
        if type_["type"] in ("array", "map"):
            return self._container_default(type_, around, depth)
        if type_["type"] in PRIMITIVES:
            fitting = _LOGICAL_DEFAULTS.get(type_.get("logicalType", ""), _DEFAULTS)
            return self.rng.choice(fitting[type_["type"]])
        return self._named_default(type_, around, depth)

    def _union_default(self, branches: list[Json], around: str, depth: int) -> Json:
        """An object that might be one of an open record, which may have this very default, is left out."""
        plain = [branch for branch in branches if isinstance(branch, str) and branch in PRIMITIVES]
        names = {qualified(branch, around) for branch in branches if isinstance(branch, str)}
        choice = plain if names & self.open else branches
        if not choice or depth > 3:
            return model.NO_DEFAULT
        return self.default(self.rng.choice(choice), around, depth + 1)

    def _container_default(self, type_: Json, around: str, depth: int) -> Json:
        inner = type_.get("items", type_.get("values"))
        item = self.default(inner, around, depth + 1) if depth < 3 else model.NO_DEFAULT
        many = [] if item is model.NO_DEFAULT else [item] * self.rng.randint(0, 2)
        return many if type_["type"] == "array" else {f"k{at}": entry for at, entry in enumerate(many)}

    def _named_default(self, type_: Json, around: str, depth: int) -> Json:
        if type_["type"] == "enum":
            return self.rng.choice(type_["symbols"])
        if type_["type"] == "fixed":
            return "\0" * type_["size"]
        name = full_name(type_, around)
        if depth > 3 or name in self.open:
            return model.NO_DEFAULT
        made = {f["name"]: self.default(f["type"], namespace_of(name), depth + 1) for f in type_["fields"]}
        return model.NO_DEFAULT if model.NO_DEFAULT in made.values() else made


def _branch_key(branch: Json, around: str) -> str:
    if isinstance(branch, str):
        return qualified(branch, around)
    kind: str = branch["type"]
    return full_name(branch, around) if "name" in branch else kind


_DEFAULTS: dict[str, tuple[Json, ...]] = {
    "null": (None,),
    "boolean": (True, False),
    "int": (0, -1, 2**31 - 1, -(2**31)),
    "long": (0, -1, 2**63 - 1, -(2**63)),
    "float": (0.0, -1.5, 3),
    "double": (0.1, -2.5e300, 7),
    "bytes": ("", "\u00ff\u0000", "abc"),
    "string": ("", 'say "hi"', "\\", "\u202e😀", "{x}"),
}
_LOGICAL_DEFAULTS: dict[str, dict[str, tuple[Json, ...]]] = {
    "decimal": {"bytes": ("\u0000", "\u00ff", "\u0001\u0000")},
    "big-decimal": {"bytes": ("\u0002\u0005\u0004",)},
    "uuid": {"string": ("00000000-0000-0000-0000-000000000000",), "int": (5,)},
    "date": {"int": (0, -719162, 2932896)},
    "time-millis": {"int": (0, 86_399_999)},
    "time-micros": {"long": (0, 86_399_999_999)},
    **{name: {"long": (0, -1, 1_700_000_000_000)} for name in TIMESTAMPS},
}
