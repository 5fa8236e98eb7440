"""The view of a module of classes: everything its template places, ready as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from avow.generate import spelling
from avow.generate.docs import WIDTH, docstring, one_line
from avow.generate.expression import expression, is_shared, quoted
from avow.generate.layout import Home
from avow.generate.scope import Scope
from avow.runtime.defaults import resolve_default
from avow.runtime.schema import NO_DEFAULT, Enum, Field, Fixed, Json, Named, Record

INDENT = 4


class Member(Struct, frozen=True):
    """A member of an enum class and its value, as source."""

    name: str
    value: str


class EnumView(Struct, frozen=True):
    """A class for an enum."""

    name: str
    avro: str
    doc: str
    members: list[Member]


class FixedView(Struct, frozen=True):
    """A name for a fixed: an alias of the Python type of its values."""

    name: str
    annotation: str
    doc: str


class FieldView(Struct, frozen=True):
    """A field of a record class, default included."""

    name: str
    annotation: str
    default: str
    doc: str


class FactoryView(Struct, frozen=True):
    """A function that makes a default."""

    name: str
    annotation: str
    value: str


class RecordView(Struct, frozen=True):
    """A class for a record; required fields come first."""

    name: str
    avro: str
    doc: str
    options: str
    fields: list[FieldView]


class ModuleView(Struct, frozen=True):
    """A module of classes."""

    package: str
    source: str
    enums: list[EnumView]
    fixeds: list[FixedView]
    factories: list[FactoryView]
    records: list[RecordView]
    imports: list[str]
    foreign: list[str]
    aliases: list[str]
    runtime: list[str]
    needs_field: bool
    is_wide: bool


def module_view(package: str, module: str, source: str, types: Sequence[Named], homes: dict[str, Home]) -> ModuleView:
    """Return the view of the module that holds types of a unit; ``source`` is the schema's file."""
    own = frozenset(homes[type_.name].class_name for type_ in types)
    scope = Scope(package, module, homes, own)
    builder = _Builder(scope, homes, frozenset(type_.name for type_ in types if isinstance(type_, Enum)))
    enums = [builder.enum(type_) for type_ in types if isinstance(type_, Enum)]
    records = [builder.record(type_) for type_ in types if isinstance(type_, Record)]
    fixeds = [builder.fixed(type_) for type_ in types if isinstance(type_, Fixed)]
    return ModuleView(
        package=package,
        source=one_line(source),
        enums=enums,
        fixeds=fixeds,
        factories=builder.factories,
        records=records,
        imports=[*scope.imports(), *(["from typing import TypeAlias as _TypeAlias"] if fixeds else [])],
        foreign=scope.foreign_imports(),
        aliases=sorted(f"{alias} = {name}" for name, alias in builder.aliases.items()),
        runtime=_runtime_imports(package, bool(records), bool(enums)),
        needs_field=any("_field(" in field.default for record in records for field in record.fields),
        is_wide=any(map(_is_wide, records)) or any(len(line) > WIDTH for line in scope.foreign_imports()),
    )


def _runtime_imports(package: str, has_records: bool, has_enums: bool) -> list[str]:
    names = ["Record"] * has_records + ["Symbol"] * has_enums
    return [f"from {package}._runtime.record import {name} as _{name}" for name in names]


def _is_wide(record: RecordView) -> bool:
    """Whether a line of a class is longer than formatters leave alone."""
    head = len(f"class {record.name}(_Record{record.options}):")
    rows = (INDENT + len(f"{field.name}: {field.annotation}{field.default}") for field in record.fields)
    return max(head, *rows, 0) > WIDTH


class _Builder:
    def __init__(self, scope: Scope, homes: dict[str, Home], own_enums: frozenset[str]) -> None:
        self.aliases: dict[str, str] = {}
        self.factories: list[FactoryView] = []
        self._scope = scope
        self._homes = homes
        self._own_enums = own_enums

    def enum(self, type_: Enum) -> EnumView:
        members = [Member(name, quoted(symbol)) for symbol, name in spelling.symbols(type_.symbols).items()]
        return EnumView(
            self._homes[type_.name].class_name, quoted(type_.name), self._doc(type_.doc, type_.props), members
        )

    def fixed(self, type_: Fixed) -> FixedView:
        name = self._homes[type_.name].class_name
        return FixedView(name, self._scope.annotation(type_), docstring(type_.doc, 0))

    def record(self, type_: Record) -> RecordView:
        attributes = spelling.fields(field.name for field in type_.fields)
        views = [self._field(field, attributes) for field in required_first(type_.fields)]
        renamed = {attribute: name for name, attribute in attributes.items() if attribute != name}
        options = f", rename={_dict(renamed)}" if renamed else ""
        doc = self._doc(type_.doc, type_.props.get("contract"))
        return RecordView(self._homes[type_.name].class_name, quoted(type_.name), doc, options, views)

    def _field(self, field: Field, attributes: dict[str, str]) -> FieldView:
        hidden = frozenset(attributes.values())
        annotation = _IDENTIFIER.sub(lambda m: self._visible(m[0], hidden), self._scope.annotation(field.type))
        default = self._default(field, hidden)
        return FieldView(attributes[field.name], annotation, default, self._doc(field.doc, field.props))

    def _visible(self, name: str, hidden: frozenset[str]) -> str:
        """A name that a field of the class does not hide: inside the class, ``date: date`` means the field."""
        if name.partition(".")[0] not in hidden:
            return name
        first, dot, rest = name.partition(".")
        if first not in self.aliases:
            self.aliases[first] = spelling.free(f"_{first.lstrip('_')}_", (*hidden, *self.aliases.values()))
        return f"{self.aliases[first]}{dot}{rest}"

    def _default(self, field: Field, hidden: frozenset[str]) -> str:
        if field.default is NO_DEFAULT:
            return ""
        default = resolve_default(field.type, field.default)
        text = expression(default, self._scope)
        empty = {"[]": "list", "{}": "dict"}.get(text, "")
        if empty and empty not in hidden:
            return f" = _field(default_factory={empty})"
        if is_shared(default, self._own_enums) and not hidden.intersection(_names(text)):
            return f" = {text}"
        if text[0] in "[{" and "|" in self._scope.annotation(field.type):
            return f" = _field(default_factory={self._factory(field, text)})"
        return f" = _field(default_factory=lambda: {text})"

    def _factory(self, field: Field, text: str) -> str:
        """A function for a default whose type checkers could not tell from the expression alone."""
        name = f"_default_{len(self.factories)}"
        self.factories.append(FactoryView(name, self._scope.annotation(field.type), text))
        return name

    def _doc(self, doc: str, marks: Json) -> str:
        notes = [doc.strip(), _deprecation(marks)]
        return docstring("\n\n".join(note for note in notes if note), INDENT)


_IDENTIFIER = re.compile(r"\b[A-Za-z_][A-Za-z0-9_.]*")


def _names(text: str) -> Iterator[str]:
    """The names that an expression looks up: of ``Colour.RED`` the first one."""
    return (found.partition(".")[0] for found in _IDENTIFIER.findall(text))


def required_first(fields: Iterable[Field]) -> list[Field]:
    """Return fields in the order of the class: without default first, each group in the order of the schema."""
    return sorted(fields, key=lambda field: field.default is not NO_DEFAULT)


def _deprecation(marks: Json) -> str:
    found = marks.get("deprecated") if isinstance(marks, dict) else None
    if not isinstance(found, dict):
        return ""
    use = f"; use {found['use']} instead" if found.get("use") else ""
    return f"Deprecated since {found.get('since', 'now')}{use}."


def _dict(items: dict[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in items.items()) + "}"
