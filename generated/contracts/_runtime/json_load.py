"""Plain JSON to values: compiled once a type into closures that check everything and say where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NoReturn, TypeAlias

from .choose import Classes
from .fault import Fault
from .interpret import build, default_value
from .json_leaf import load_leaf, load_string
from .json_text import Twice
from .json_union import Form, forms, shapes
from .limits import MAX_NESTING
from .logical import duration_to
from .names import nearest
from .problem import kind_of, show
from .record import Duration
from .schema import (
    NO_DEFAULT,
    Array,
    Enum,
    Field,
    Fixed,
    Json,
    Map,
    Primitive,
    Record,
    Type,
    Union,
    branch_name,
)

Load: TypeAlias = Callable[[Json, int], Any]
"""Takes plain JSON and how many records are around it; raises Fault."""

_CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "number": (int, float),
    "string": (str,),
    "array": (list,),
    "object": (dict, Twice),
}
_DURATION: Final = Record("a duration", tuple(Field(name, Primitive("long")) for name in ("months", "days", "millis")))


class Loaders:
    """The closures for the types of one graph; those of a record are compiled when it is first met."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._records: dict[str, Load] = {}

    def of(self, type_: Type) -> Load:
        """Return the closure for a type."""
        if isinstance(type_, Record):
            if type_.name not in self._records:
                self._records[type_.name] = self._record(type_)
            return self._records[type_.name]
        if isinstance(type_, Union):
            return self._union(type_)
        if isinstance(type_, Array):
            return self._array(type_)
        if isinstance(type_, Map):
            return self._map(type_)
        return self._enum(type_) if isinstance(type_, Enum) else self._leaf(type_)

    def _leaf(self, type_: Primitive | Fixed) -> Load:
        if type_.logical is not None and type_.logical.name == "duration":
            return self._duration()
        one = load_leaf(type_)
        return lambda raw, depth: one(raw)

    def _duration(self) -> Load:
        counts = self._record(_DURATION, lambda name: Duration)

        def load(raw: Json, depth: int) -> Duration:
            value: Duration = counts(raw, 0)
            try:
                duration_to(value)
            except ValueError as error:
                raise Fault(str(error)) from None
            return value

        return load

    def _enum(self, enum: Enum) -> Load:
        class_ = self._classes(enum.name)
        members = {symbol: class_(symbol) for symbol in enum.symbols}

        def load(raw: Json, depth: int) -> Any:
            if type(raw) is str and raw in members:
                return members[raw]
            if type(raw) is not str:
                raise Fault(f"{show(raw)} is {kind_of(raw)}, not a symbol of {enum.name}")
            raise Fault(f"{show(raw)} is not a symbol of {enum.name}{_hint(raw, members)}")

        return load

    def _array(self, array: Array) -> Load:
        item = self.of(array.items)

        def load(raw: Json, depth: int) -> list[Any]:
            if type(raw) is not list:
                raise Fault(f"{show(raw)} is {kind_of(raw)}, not an array")
            items: list[Any] = []
            try:
                for each in raw:
                    items.append(item(each, depth))  # noqa: PERF401 - its length is the index that failed
            except Fault as fault:
                fault.inside(len(items))
                raise
            return items

        return load

    def _map(self, map_: Map) -> Load:
        item = self.of(map_.values)

        def load(raw: Json, depth: int) -> dict[str, Any]:
            if type(raw) is not dict:
                _refuse_object(raw, "a map")
            entries: dict[str, Any] = {}
            for key, each in raw.items():
                try:
                    entries[load_string(key)] = item(each, depth)
                except Fault as fault:
                    fault.inside(key)
                    raise
            return entries

        return load

    def _record(self, record: Record, classes: Classes | None = None) -> Load:
        rows: list[tuple[Field, Load]] | None = None
        names = frozenset(field.name for field in record.fields)

        def load(raw: Json, depth: int) -> Any:
            nonlocal rows
            if type(raw) is not dict:
                _refuse_object(raw, record.name)
            if depth >= MAX_NESTING:
                raise Fault(f"records are nested deeper than {MAX_NESTING}")
            if not raw.keys() <= names:
                _refuse_key(record, raw)
            if rows is None:
                rows = [(field, self.of(field.type)) for field in record.fields]
            values = {field.name: self._field(field, one, raw, depth + 1) for field, one in rows}
            return build(record, values, classes or self._classes)

        return load

    def _field(self, field: Field, load: Load, raw: dict[str, Json], depth: int) -> Any:
        if field.name not in raw:
            if field.default is NO_DEFAULT:
                raise Fault(f'"{field.name}" is missing and has no default')
            return default_value(field.type, field.default, self._classes)
        try:
            return load(raw[field.name], depth)
        except Fault as fault:
            fault.inside(field)
            raise

    def _union(self, union: Union) -> Load:
        plain: dict[type, Load] = {}
        tagged: dict[str, Load] = {}
        wrapped: dict[str, Load] = {}
        for branch, form in zip(union.branches, forms(union), strict=True):
            one = self.of(branch)
            if form is Form.PLAIN:
                plain |= dict.fromkeys((class_ for shape in shapes(branch) for class_ in _CLASSES[shape]), one)
            else:
                (tagged if form is Form.TAGGED else wrapped)[branch_name(branch)] = one

        def load(raw: Json, depth: int) -> Any:
            one = plain.get(type(raw))
            if one is not None:
                return one(raw, depth)
            if not isinstance(raw, dict) or not (tagged or wrapped):
                _refuse_branch(union, raw)
            if isinstance(raw, Twice):
                _refuse_object(raw, "")
            if tagged and "$type" in raw:
                return _tagged(tagged, raw, depth)
            name = next(iter(raw), "")
            if len(raw) != 1 or name not in wrapped:
                _refuse_label(tagged, wrapped, raw)
            return wrapped[name](raw[name], depth)

        return load


def _tagged(tagged: dict[str, Load], raw: dict[str, Json], depth: int) -> Any:
    name = raw["$type"]
    if not isinstance(name, str) or name not in tagged:
        near = _hint(name, tagged) if isinstance(name, str) else ""
        raise Fault(f'"$type" is {show(name)}, not one of {", ".join(tagged)}{near}')
    return tagged[name]({key: item for key, item in raw.items() if key != "$type"}, depth)


def _hint(word: str, known: Iterable[str]) -> str:
    near = nearest(word[:100], known)
    return f'; did you mean "{near}"?' if near else ""


def _refuse_object(raw: Json, what: str) -> NoReturn:
    if isinstance(raw, Twice):
        raise Fault(f"the key {show(raw.key)} stands twice in an object")
    raise Fault(f"{show(raw)} is {kind_of(raw)}, not an object for {what}")


def _refuse_key(record: Record, raw: dict[str, Json]) -> NoReturn:
    key = next(key for key in raw if all(key != field.name for field in record.fields))
    if key == "$type":
        raise Fault('"$type" stands only where a union has several kinds of objects; remove it')
    absent = [field.name for field in record.fields if field.name not in raw]
    raise Fault(f"{record.name} has no field {show(key)}{_hint(key, absent)}")


def _named(union: Union) -> str:
    return f"the union ({', '.join(branch_name(branch) for branch in union.branches)})"


def _refuse_branch(union: Union, raw: Json) -> NoReturn:
    names = [
        f'{{"{branch_name(branch)}": …}}'
        for branch in union.branches
        if any(type(raw) in _CLASSES[shape] for shape in shapes(branch))
    ]
    if names:
        raise Fault(f"{show(raw)} may be of several branches of {_named(union)}; write {' or '.join(names)}")
    raise Fault(f"{show(raw)} is {kind_of(raw)}, which fits no branch of {_named(union)}")


def _refuse_label(tagged: dict[str, Load], wrapped: dict[str, Load], raw: dict[str, Json]) -> NoReturn:
    ways = [f'{{"{name}": …}}' for name in wrapped]
    if tagged:
        ways.insert(0, 'an object with "$type": ' + " or ".join(f'"{name}"' for name in tagged))
    near = _hint(next(iter(raw)), wrapped) if len(raw) == 1 else ""
    raise Fault(f"{show(raw)} names no branch of its union; write {' or '.join(ways)}{near}")
