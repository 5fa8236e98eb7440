"""Random changes to schemas: those that keep readers going, and those that break them.

A change says nothing of what it breaks; that is for the checker under test and its oracle to find out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.support.differential_forms import Form, tidy_form
from tests.support.inline import PRIMITIVES, Json

_SIMPLE = tuple(sorted(PRIMITIVES - {"null"}))
_PROMOTED = {"int": ("long", "float", "double"), "long": ("float", "double"), "float": ("double",)}
_PROMOTIONS = {**_PROMOTED, "string": ("bytes",), "bytes": ("string",)}
_DEFAULTED: tuple[tuple[Json, Json], ...] = (
    ("int", 7),
    ("string", "new"),
    ("double", 0.5),
    ("boolean", True),
    (["null", "string"], None),
    (["long", "null"], 3),
    ({"type": "array", "items": "string"}, ["a", "b"]),
    ({"type": "map", "values": "long"}, {"k": 1}),
)
_MOMENTS = tuple(f"{kind}timestamp-{unit}" for kind in ("", "local-") for unit in ("millis", "micros", "nanos"))
_LOGICALS: dict[str, tuple[dict[str, Json], ...]] = {
    "int": ({"logicalType": "date"}, {"logicalType": "time-millis"}),
    "long": ({"logicalType": "time-micros"}, *({"logicalType": name} for name in _MOMENTS)),
    "string": ({"logicalType": "uuid"},),
    "bytes": tuple(
        {"logicalType": "decimal", "precision": precision, "scale": scale}
        for precision, scale in ((4, 2), (9, 2), (30, 2), (9, 3))
    ),
}


def changed(form: Form, rng: Random, times: int, told_apart: bool = True) -> Form:
    """Return a form after some random changes; it may be invalid, or have no finite datum.

    ``told_apart`` keeps unions to one number, one kind of text and one type of each short name.
    """
    root, named = json.loads(json.dumps([form.root, form.named]))
    changes = _Changes(rng, {"root": root}, named)
    for _ in range(times):
        changes.any()
    return tidy_form(Form(changes.top["root"], named), told_apart)


Site = tuple[Any, Any]
"""Something that holds a type, and the key or index under which it does."""


class _Changes:
    def __init__(self, rng: Random, top: dict[str, Json], named: dict[str, Json]) -> None:
        self.rng = rng
        self.top = top
        self.named = named

    def any(self) -> None:
        """Make one change somewhere, if what was drawn can be done at all."""
        about = self.rng.random()
        records = [value for value in self.named.values() if "fields" in value]
        if about < 0.45 or not self.named:
            holder, key = self.rng.choice(list(self._sites()))
            holder[key] = self._retyped(holder[key])
        elif about < 0.75 and records:
            record = self.rng.choice(records)
            self.rng.choice(_FIELDS)(self, record["fields"])
        else:
            self._named(self.rng.choice(list(self.named)))

    def _sites(self) -> Iterator[Site]:
        waiting: list[Site] = [(self.top, "root")]
        waiting += [(field, "type") for value in self.named.values() for field in value.get("fields", ())]
        while waiting:
            holder, key = waiting.pop()
            yield holder, key
            value = holder[key]
            if isinstance(value, list):
                waiting += [(value, index) for index in range(len(value))]
            elif isinstance(value, dict) and value["type"] in ("array", "map"):
                waiting.append((value, "items" if value["type"] == "array" else "values"))

    # Types

    def _retyped(self, value: Json) -> Json:
        if isinstance(value, list):
            return self._reunited(value)
        kind = value if isinstance(value, str) else value["type"]
        drawn = self.rng.random()
        if isinstance(value, dict) and kind in _LOGICALS and self.rng.random() < 0.6:
            wider = "long" if kind == "int" and drawn < 0.3 else kind
            return {"type": wider, **self.rng.choice(_LOGICALS[wider])}
        if kind in _PROMOTIONS and drawn < 0.35:
            return self.rng.choice(_PROMOTIONS[kind])
        if kind in _LOGICALS and drawn < 0.55:
            return {"type": kind, **self.rng.choice(_LOGICALS[kind])}
        if kind in ("array", "map") and drawn < 0.5:
            inner = value["items" if kind == "array" else "values"]
            return inner if drawn < 0.2 else _contained("map" if kind == "array" else "array", inner)
        if drawn < 0.75:
            return ["null", value] if self.rng.random() < 0.5 else [value, "null"]
        return self._anew(value)

    def _anew(self, value: Json) -> Json:
        drawn = self.rng.random()
        if drawn < 0.3:
            return _contained(self.rng.choice(("array", "map")), value)
        if drawn < 0.4 and isinstance(value, str) and value in self.named:
            return [self._twin(value), self._twin(value) if self.rng.random() < 0.7 else value]
        if drawn < 0.7 and self.named:
            name = self.rng.choice(list(self.named))
            return self.rng.choice((["null", name], [name, value], _contained("array", name), _contained("map", name)))
        return self.rng.choice(_SIMPLE)

    def _twin(self, name: str) -> str:
        """Define a type of the same short name in another namespace, not quite the same, and return its name."""
        namespace = f"twin{len(self.named)}"
        made = json.loads(json.dumps(self.named[name])) | {"namespace": namespace}
        made["name"] = f"{namespace}.{name.rpartition('.')[2]}"
        made.pop("aliases", None)  # fastavro does not qualify them
        self.named[made["name"]] = made
        if "symbols" in made:
            self._symbols(made)
        elif made.get("fields"):
            self.rng.choice(_FIELDS)(self, made["fields"])
        return made["name"]

    def _reunited(self, branches: list[Json]) -> Json:
        made, drawn = list(branches), self.rng.random()
        if not made:
            return "null"
        if drawn < 0.3:
            made.pop(self.rng.randrange(len(made)))
        elif drawn < 0.6:
            made.insert(self.rng.randint(0, len(made)), self.rng.choice((*_SIMPLE, *self.named)))
        elif drawn < 0.8:
            self.rng.shuffle(made)
        else:
            return self.rng.choice(made)
        return made

    # Fields of a record

    def add(self, fields: list[Json]) -> None:
        type_, default = json.loads(json.dumps(self.rng.choice(_DEFAULTED)))  # it may be changed in place later
        made = {"name": self._fresh("added"), "type": type_}
        fields.insert(
            self.rng.randint(0, len(fields)), made if self.rng.random() < 0.2 else {**made, "default": default}
        )

    def drop(self, fields: list[Json]) -> None:
        if fields:
            fields.pop(self.rng.randrange(len(fields)))

    def rename(self, fields: list[Json]) -> None:
        if fields:
            field = self.rng.choice(fields)
            if self.rng.random() < 0.7:
                field["aliases"] = [*field.get("aliases", ()), field["name"]]
            field["name"] = self._fresh("renamed")

    def cross(self, fields: list[Json]) -> None:
        """Give a field another one's name as an alias, and perhaps the other way round."""
        if len(fields) > 1 and self.rng.random() < 0.3:
            one, other = self.rng.sample(fields, 2)
            one["aliases"] = [other["name"]]
            if self.rng.random() < 0.5:
                other["aliases"] = [one["name"]]

    def shuffle(self, fields: list[Json]) -> None:
        self.rng.shuffle(fields)

    def undefault(self, fields: list[Json]) -> None:
        for field in fields:
            field.pop("default", None)

    def _fresh(self, stem: str) -> str:
        return f"{stem}_{self.rng.randrange(1000)}"

    # Named types

    def _named(self, name: str) -> None:
        value, drawn = self.named[name], self.rng.random()
        if drawn < 0.25:
            self._rename(name, self.rng.random() < 0.5)
        elif "symbols" in value:
            self._symbols(value)
        elif "size" in value:
            self.named[name] = {key: value[key] for key in ("name", "namespace", "type")} | {
                "size": self.rng.choice((1, 3, 16))
            }
        elif drawn < 0.4:
            head = {key: value[key] for key in ("name", "namespace")}
            self.named[name] = self.rng.choice(
                ({**head, "type": "enum", "symbols": ["A"]}, {**head, "type": "fixed", "size": 2})
            )
        elif drawn < 0.5:
            value["type"] = "record" if value["type"] == "error" else "error"

    def _symbols(self, value: dict[str, Json]) -> None:
        drawn, symbols = self.rng.random(), value["symbols"]
        if drawn < 0.4 and len(symbols) > 1:
            symbols.pop(self.rng.randrange(len(symbols)))
        elif drawn < 0.7:
            symbols.insert(self.rng.randint(0, len(symbols)), self._fresh("ADDED"))
        else:
            self.rng.shuffle(symbols)
        value.pop("default", None)
        if self.rng.random() < 0.3:
            value["default"] = self.rng.choice(symbols)

    def _rename(self, name: str, short: bool) -> None:
        """Give a type another short name, or another namespace where it has one; perhaps with an alias."""
        namespace, _, old = name.rpartition(".")
        new = f"{namespace}.{old}Renamed".lstrip(".") if short or not namespace else f"{namespace}.moved.{old}"
        if new in self.named:
            return
        value = self.named.pop(name)
        value = {**value, "name": new, "namespace": new.rpartition(".")[0]}
        if self.rng.random() < 0.5:
            value["aliases"] = [*value.get("aliases", ()), name]
        self.named[new] = value
        for holder, key in list(self._sites()):
            if holder[key] == name:
                holder[key] = new


def _contained(kind: str, inner: Json) -> Json:
    return {"type": kind, "items" if kind == "array" else "values": inner}


_FIELDS: tuple[Callable[[_Changes, list[Json]], None], ...] = (
    _Changes.add,
    _Changes.add,
    _Changes.drop,
    _Changes.drop,
    _Changes.rename,
    _Changes.cross,
    _Changes.shuffle,
    _Changes.undefault,
)
