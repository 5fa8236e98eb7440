"""What a schema may become: random readers of what an older schema wrote.

Only steps on which fastavro and the specification agree are taken, so fastavro can be the oracle; where they
part (two numbers in one union, int to float, one short name twice) the steps keep away.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from fastavro.schema import parse_schema
from tests.support.inline import PRIMITIVES, Definition, Json, bare, full_name, inline, qualified, whole

_PROMOTIONS = {"int": ("long", "double"), "long": ("double",), "float": ("double",), "string": ("bytes",)}
_FAMILIES = {**dict.fromkeys(("int", "long", "float", "double"), "number"), "string": "text", "bytes": "text"}
_ADDED: tuple[tuple[Json, Json], ...] = (
    ("int", 7),
    ("string", "new"),
    ("double", 0.5),
    (["null", "string"], None),
    (["long", "null"], 3),
    ({"type": "array", "items": "string"}, ["a", "b"]),
    ({"type": "map", "values": "long"}, {"k": 1}),
)


class Flat(NamedTuple):
    """A record schema taken apart: its full name, and each named type with only references in it."""

    root: str
    named: dict[str, Json]

    def schema(self) -> Json:
        """Return the schema in one piece."""
        return inline(self.root, {name: Definition(value, "") for name, value in self.named.items()})

    def parsed(self) -> Json:
        """Return the schema as fastavro parses it, references kept.

        fastavro stumbles where a reader spells a type out that the writer names, so nothing is spelled out.
        """
        known: dict[str, Json] = {name: {} for name in self.named}
        for value in self.named.values():
            parse_schema(value, known, _write_hint=False)
        return {**known[self.root], "__fastavro_parsed": True, "__named_schemas": known}


def flat(schema: Json) -> Flat:
    """Take a record schema apart, and leave out of it what fastavro lacks or does in its own way."""
    named: dict[str, Json] = {}
    return Flat(_Flattener(named).type(bare(whole(schema)), ""), named)


def evolved(writer: Flat, rng: Random) -> Flat:
    """Return a random later form of a schema."""
    step = _Step(rng)
    named = {name: step.definition(value) for name, value in writer.named.items()}
    return Flat(writer.root, {**named, **step.added})


class _Flattener:
    def __init__(self, named: dict[str, Json]) -> None:
        self._named = named

    def type(self, value: Json, around: str) -> Json:
        """Return a type that only refers to named ones, which are kept aside."""
        if isinstance(value, str):
            return qualified(value, around)
        if isinstance(value, list):
            return _told_apart([self.type(branch, around) for branch in value])
        if "name" in value and value["type"] not in PRIMITIVES:
            return self._kept(value, around)
        if value["type"] in ("array", "map"):
            inner = "items" if value["type"] == "array" else "values"
            return {"type": value["type"], inner: self.type(value[inner], around)}
        return value["type"]

    def _kept(self, value: Json, around: str) -> str:
        name = full_name(value, around)
        kept = {**value, "name": name, "namespace": name.rpartition(".")[0]}
        self._named[name] = kept
        if "fields" in value:
            inner = kept["namespace"]
            kept["fields"] = [{**field, "type": self.type(field["type"], inner)} for field in value["fields"]]
        return name


def _told_apart(branches: list[Json]) -> list[Json]:
    """Return a union with one number and one kind of text at most: of several fastavro takes the first."""
    families: dict[str, Json] = {}
    for at, branch in enumerate(branches):
        key = _FAMILIES.get(branch, branch) if isinstance(branch, str) else f"branch {at}"
        families.setdefault(key, branch)
    return list(families.values())


class _Step:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.added: dict[str, Json] = {}

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def type(self, type_: Json) -> Json:
        if isinstance(type_, list):
            return self._union(type_)
        if isinstance(type_, dict):
            return {key: item if key == "type" else self.type(item) for key, item in type_.items()}
        return self._rng.choice(_PROMOTIONS[type_]) if type_ in _PROMOTIONS and self._chance(0.3) else type_

    def _union(self, branches: list[Json]) -> list[Json]:
        made = [self.type(branch) for branch in branches]
        if self._chance(0.3):
            made.insert(self._rng.randint(0, len(made)), self._unlike())
        if len(made) > 1 and self._chance(0.1):
            made.pop(self._rng.randrange(len(made)))
        return made

    def _unlike(self) -> str:
        """Name a new type, a branch that nothing written before can match."""
        name = f"evolved.Added{len(self.added)}"
        self.added[name] = {"type": "fixed", "name": name, "size": 3}
        return name

    def definition(self, value: Json) -> Json:
        if "fields" in value:
            return {**value, "fields": self._fields(value["fields"])}
        return self._enum(value) if "symbols" in value else value

    def _fields(self, fields: list[Json]) -> list[Json]:
        made = [self._field(field) for field in fields if not self._chance(0.15)]
        for at in range(self._rng.choice((0, 0, 1, 2))):
            type_, default = self._rng.choice(_ADDED)
            made.append({"name": f"added_{at}", "type": type_, "default": default})
        if self._chance(0.5):
            self._rng.shuffle(made)
        return made

    def _field(self, field: Json) -> Json:
        type_ = self.type(field["type"])
        if not isinstance(type_, list) and type_ != "null" and self._chance(0.2):
            type_ = ["null", type_] if self._chance(0.5) else [type_, "null"]
        if self._chance(0.1):
            return {"name": f"{field['name']}_renamed", "aliases": [field["name"]], "type": type_}
        return {**field, "type": type_}

    def _enum(self, value: Json) -> Json:
        symbols = [*value["symbols"], "ADDED"] if self._chance(0.3) else list(value["symbols"])
        if len(symbols) > 1 and self._chance(0.3):
            symbols.pop(self._rng.randrange(len(symbols)))
        self._rng.shuffle(symbols)
        kept = {key: item for key, item in value.items() if key != "default"}
        return {**kept, "symbols": symbols, **({"default": symbols[0]} if self._chance(0.5) else {})}
