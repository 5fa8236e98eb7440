"""Second pass over documents: fills the shell of every declared type and builds the nameless ones around them."""

from __future__ import annotations

from sys import intern
from typing import Any

from msgspec import Struct

from .declare import NAMED_KINDS, Declarations, name_hint
from .defaults import admits
from .fits import logical_of
from .names import full_name, is_full_name, is_name, nearest
from .problem import Problem, kind_of, show, unlike
from .schema import (
    MAX_DEPTH,
    NO_DEFAULT,
    PLAIN,
    PRIMITIVES,
    Array,
    Enum,
    Field,
    Fixed,
    Json,
    Map,
    Named,
    Path,
    Record,
    Type,
    Union,
    branch_name,
    namespace_of,
    primitive,
)

ORDERS = ("ascending", "descending", "ignore")
MAX_FIXED = 1 << 27
"""Bytes in the largest fixed: a value of one is always whole in memory."""


class Root(Struct, frozen=True):
    """A schema at the top of a document."""

    document: str
    at: Path
    type: Type


class Builder:
    """Builds the types of documents whose names are declared; ``problems`` gathers what is wrong with them."""

    def __init__(self, declarations: Declarations) -> None:
        self.declared = declarations
        self.types: dict[str, Named] = {d.name: _shell(d.name, d.value, d.at) for d in declarations.by_name.values()}
        self.roots: list[Root] = []
        self.problems: list[Problem] = []
        self.with_default: list[tuple[str, Field]] = []
        self.key = ""

    def root(self, key: str, at: Path, value: Json) -> None:
        """Build a schema at the top of a document."""
        self.key = key
        type_ = self._type(value, "", at, 0)
        if type_ is not None:
            self.roots.append(Root(key, at, type_))

    def check_defaults(self) -> None:
        """Hold each default against its type; possible only when every type is built."""
        for key, field in self.with_default:
            reason = admits(field.type, field.default)
            if reason is not None:
                self.key = key
                fix = "change the default, or remove it"
                self._refuse("BAD_DEFAULT", (*field.at, "default"), f'field "{field.name}": {reason}', fix)

    def _refuse(self, rule: str, at: Path, message: str, fix: str = "") -> None:
        self.problems.append(Problem(rule, self.key, at, message, fix))

    def _type(self, value: Json, around: str, at: Path, depth: int) -> Type | None:
        if depth > MAX_DEPTH:
            self._refuse(
                "TOO_DEEP",
                at,
                f"types are nested deeper than {MAX_DEPTH}",
                "give inner types names of their own",
            )
        elif isinstance(value, str):
            return self._reference(value, around, at)
        elif isinstance(value, dict):
            return self._object(value, around, at, depth)
        elif isinstance(value, list):
            return self._union(value, around, at, depth)
        else:
            fix = "write a type's name, an object with a type, or an array of branches"
            self._refuse("NOT_A_SCHEMA", at, unlike(value, "a schema"), fix)
        return None

    def _reference(self, name: str, around: str, at: Path) -> Type | None:
        if name in PRIMITIVES:
            return PLAIN[name]
        full = full_name(name, around)
        found = self.types.get(full)
        if found is None:
            self._unknown(name, full, around, at)
        return found

    def _unknown(self, name: str, full: str, around: str, at: Path) -> None:
        if around and "." not in name and name in self.types:
            self._refuse(
                "UNREACHABLE_NAME",
                at,
                f'"{name}" means {full} here; the type {name} without namespace cannot be referred to from {around}',
                f"give {name} a namespace: Avro has no way to name a type outside of any from inside of one",
            )
            return
        near = _FOREIGN.get(name) or nearest(full, [*self.types, *PRIMITIVES])
        fix = f'did you mean "{near}"?' if near else "define it, in this file or another"
        self._refuse("UNKNOWN_TYPE", at, f"{show(name)} is not defined" + _meaning(name, full), fix)

    def _object(self, value: dict[str, Json], around: str, at: Path, depth: int) -> Type | None:
        kind = value.get("type")
        if isinstance(kind, str):
            if kind in NAMED_KINDS:
                return self._named(value, kind, around, at, depth)
            if kind == "array":
                items = self._attribute_type(value, "items", around, at, depth)
                return None if items is None else Array(items)
            if kind == "map":
                values = self._attribute_type(value, "values", around, at, depth)
                return None if values is None else Map(values)
            if kind in PRIMITIVES:
                logical = logical_of(kind, 0, value) if "logicalType" in value else None
                return primitive(kind, logical) if logical else PLAIN[kind]
            return self._reference(kind, around, (*at, "type"))
        if "type" not in value:
            self._refuse("MISSING_ATTRIBUTE", at, 'this object has no "type", so it is not a schema', 'add "type"')
            return None
        return self._type(kind, around, (*at, "type"), depth + 1)

    def _attribute_type(self, value: dict[str, Json], name: str, around: str, at: Path, depth: int) -> Type | None:
        if name in value:
            return self._type(value[name], around, (*at, name), depth + 1)
        kind = value["type"]
        self._refuse(
            "MISSING_ATTRIBUTE",
            at,
            f'this {kind} has no "{name}"',
            f'add "{name}" with the type of what it holds',
        )
        return None

    def _union(self, branches: list[Json], around: str, at: Path, depth: int) -> Type | None:
        built: list[Type] = []
        seen: dict[str, int] = {}
        for index, branch in enumerate(branches):
            type_ = self._type(branch, around, (*at, index), depth + 1)
            if type_ is None:
                continue
            if isinstance(type_, Union):
                fix = "list its branches in the outer union"
                self._refuse("BAD_UNION", (*at, index), "a union cannot directly hold another union", fix)
                continue
            name = branch_name(type_)
            if name in seen:
                self._refuse(
                    "BAD_UNION",
                    (*at, index),
                    f"the union has two branches {name} (branches {seen[name]} and {index})",
                    "keep one, or wrap one in a named type: only those may differ by name alone",
                )
            seen.setdefault(name, index)
            built.append(type_)
        return Union(tuple(built))

    def _named(self, value: dict[str, Json], kind: str, around: str, at: Path, depth: int) -> Type | None:
        name: Any = value.get("name")
        namespace: Any = value.get("namespace")
        valid = is_full_name(name)
        around = namespace if isinstance(namespace, str) and (not namespace or is_full_name(namespace)) else around
        full = full_name(name, around) if valid else ""
        node = self.types.get(full)
        if node is not None and not self.declared.is_defined_at(full, self.key, at):
            return node
        target = node if node is not None else _shell(full or "?", value, at)
        self._fill(target, value, kind, namespace_of(full) if valid else around, at, depth)
        return target

    def _fill(self, node: Named, value: dict[str, Json], kind: str, inner: str, at: Path, depth: int) -> None:
        node.doc = self._doc(value, at)
        node.aliases = self._aliases(value, inner, at, kind)
        node.props = _props(value, _KNOWN[kind])
        if isinstance(node, Record):
            self._record(node, value, kind, inner, at, depth)
        elif isinstance(node, Enum):
            self._enum(node, value, at)
        else:
            self._fixed(node, value, at)

    def _doc(self, value: dict[str, Json], at: Path) -> str:
        doc = value.get("doc", "")
        if isinstance(doc, str):
            return doc
        if doc is not None:
            self._refuse(
                "BAD_ATTRIBUTE",
                (*at, "doc"),
                f"the doc is {kind_of(doc)}, not a string",
                "write it as a string",
            )
        return ""

    def _aliases(self, value: dict[str, Json], inner: str, at: Path, kind: str) -> tuple[str, ...]:
        aliases = value.get("aliases")
        if aliases is None:
            return ()
        is_field = kind == "field"
        good = is_name if is_field else is_full_name
        if not isinstance(aliases, list) or not all(isinstance(alias, str) and good(alias) for alias in aliases):
            what = "names" if is_field else "names or full names"
            self._refuse("BAD_ALIAS", (*at, "aliases"), f"{show(aliases)} is not an array of {what}", f"list {what}")
            return ()
        return tuple(dict.fromkeys(alias if is_field else full_name(alias, inner) for alias in aliases))

    def _array_of(self, value: dict[str, Json], name: str, kind: str, at: Path) -> list[Any]:
        if name not in value:
            self._refuse("MISSING_ATTRIBUTE", at, f'this {kind} has no "{name}"', f'add "{name}": […]')
            return []
        found = value[name]
        if not isinstance(found, list):
            message = f'the "{name}" of this {kind} are {kind_of(found)}, not an array'
            self._refuse("BAD_ATTRIBUTE", (*at, name), message, f'write "{name}": […]')
            return []
        return found

    def _fixed(self, node: Fixed, value: dict[str, Json], at: Path) -> None:
        size = value.get("size")
        if "size" not in value:
            self._refuse("MISSING_ATTRIBUTE", at, 'this fixed has no "size"', 'add "size" in bytes')
        elif not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MAX_FIXED:
            message = f"{show(size)} is not a size: a whole number of bytes from 0 to {MAX_FIXED}"
            self._refuse("BAD_ATTRIBUTE", (*at, "size"), message, "write the number of bytes")
        else:
            node.size = size
            node.logical = logical_of("fixed", size, value) if "logicalType" in value else None

    def _enum(self, node: Enum, value: dict[str, Json], at: Path) -> None:
        seen: dict[str, int] = {}
        for index, symbol in enumerate(self._array_of(value, "symbols", "enum", at)):
            where = (*at, "symbols", index)
            if not is_name(symbol):
                hint = name_hint(symbol) if isinstance(symbol, str) else "write symbols as strings"
                self._refuse("BAD_SYMBOL", where, f"{show(symbol)} is not a symbol", hint)
            elif symbol in seen:
                message = f'symbol "{symbol}" stands twice (symbols {seen[symbol]} and {index})'
                self._refuse("DUPLICATE_SYMBOL", where, message, "remove one")
            else:
                seen[symbol] = index
        node.symbols = tuple(seen)
        default = value.get("default")
        if default is None:
            return
        if isinstance(default, str) and default in seen:
            node.default = default
        else:
            near = nearest(default, seen) if isinstance(default, str) else None
            fix = f'did you mean "{near}"?' if near else "name one of its symbols, or remove the default"
            message = f"the default {show(default)} is not a symbol of the enum"
            self._refuse("BAD_DEFAULT", (*at, "default"), message, fix)

    def _record(self, node: Record, value: dict[str, Json], kind: str, inner: str, at: Path, depth: int) -> None:
        node.is_error = kind == "error"
        fields: dict[str, Field] = {}
        aliases: dict[str, str] = {}
        for index, item in enumerate(self._array_of(value, "fields", kind, at)):
            field = self._field(item, inner, (*at, "fields", index), depth)
            if field is None:
                continue
            if field.name in fields:
                where = (*field.at, "name")
                self._refuse("DUPLICATE_FIELD", where, f'field "{field.name}" stands twice', "rename or remove one")
                continue
            for alias in field.aliases:
                if aliases.setdefault(alias, field.name) != field.name:
                    message = f'"{alias}" is an alias of the fields "{aliases[alias]}" and "{field.name}"'
                    self._refuse("BAD_ALIAS", (*field.at, "aliases"), message, "an alias names one field: remove one")
            fields[field.name] = field
        node.fields = tuple(fields.values())

    def _field(self, item: Json, inner: str, at: Path, depth: int) -> Field | None:
        if not isinstance(item, dict):
            fix = "write an object with a name and a type"
            self._refuse("BAD_ATTRIBUTE", at, f"a field is an object; {show(item)} is {kind_of(item)}", fix)
            return None
        missing = [name for name in ("name", "type") if name not in item]
        for lacking in missing:
            self._refuse("MISSING_ATTRIBUTE", at, f'this field has no "{lacking}"', f'add "{lacking}"')
        name: Any = item.get("name")
        if "name" in item and not is_name(name):
            hint = name_hint(name) if isinstance(name, str) else "write the name as a string"
            self._refuse("BAD_NAME", (*at, "name"), f"{show(name)} is not a field name", hint)
        type_ = self._type(item["type"], inner, (*at, "type"), depth + 1) if "type" in item else None
        order = item.get("order", "ascending")
        if order not in ORDERS:
            message = f"{show(order)} is not an order"
            self._refuse("BAD_ATTRIBUTE", (*at, "order"), message, f"use one of {', '.join(ORDERS)}")
        aliases = self._aliases(item, inner, at, "field")
        if missing or type_ is None or not is_name(name):
            return None
        doc = self._doc(item, at)
        field = Field(
            intern(name),
            type_,
            item.get("default", NO_DEFAULT),
            aliases,
            doc,
            order,
            _props(item, _KNOWN["field"]),
            at,
        )
        if field.default is not NO_DEFAULT:
            self.with_default.append((self.key, field))
        return field


_FOREIGN = {
    "bool": "boolean",
    "byte": "bytes",
    "dict": "map",
    "integer": "int",
    "list": "array",
    "none": "null",
    "number": "double",
    "object": "record",
    "str": "string",
    "text": "string",
}
"""What other languages call Avro's types."""

_KNOWN: dict[str, frozenset[str]] = {
    "record": frozenset({"type", "name", "namespace", "aliases", "doc", "fields"}),
    "error": frozenset({"type", "name", "namespace", "aliases", "doc", "fields"}),
    "enum": frozenset({"type", "name", "namespace", "aliases", "doc", "symbols", "default"}),
    "fixed": frozenset({"type", "name", "namespace", "aliases", "doc", "size", "logicalType", "precision", "scale"}),
    "field": frozenset({"name", "type", "default", "aliases", "doc", "order"}),
}


def _props(value: dict[str, Json], known: frozenset[str]) -> dict[str, Json]:
    return {key: item for key, item in value.items() if key not in known}


def _shell(name: str, value: dict[str, Json], at: Path) -> Named:
    kind = value["type"]
    if kind == "enum":
        return Enum(name, (), at=at)
    return Fixed(name, 0, at=at) if kind == "fixed" else Record(name, (), at=at)


def _meaning(name: str, full: str) -> str:
    return "" if name == full else f" (it means {full} here)"
