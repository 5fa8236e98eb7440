"""Resolution: how a reader's schema reads what a writer's schema wrote, worked out once, as data.

Source: Avro specification, "Schema Resolution", with the decisions of avow where implementations differ.
The generator turns a plan into straight-line code, the interpreter runs it, and a compatibility check
reads its failures. A plan of recursive types is a cyclic graph: record plans are shared by reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from msgspec import Struct

from .canonical import inlined
from .schema import (
    NO_DEFAULT,
    Array,
    Enum,
    Field,
    Fixed,
    Map,
    Named,
    Primitive,
    Record,
    Type,
    Union,
    branch_name,
    children,
    named_types,
    short_name,
)


class Failure(Struct, eq=False):
    """No value written here can be read; reaching it at run time is an error."""

    rule: str
    writer: Type
    reader: Type
    reason: str
    field: Field | None = None
    """The reader's field that it is about, where it is about one of a record."""


class LeafPlan(Struct, eq=False):
    """Read a primitive or fixed as the writer wrote it, then make it the reader's."""

    writer: Primitive | Fixed
    reader: Primitive | Fixed


class EnumPlan(Struct, eq=False):
    """Read an index of the writer's symbols; ``symbols`` are the reader's, None where it has none for it."""

    writer: Enum
    reader: Enum
    symbols: tuple[str | None, ...]


class ArrayPlan(Struct, eq=False):
    """Read items."""

    items: Plan


class MapPlan(Struct, eq=False):
    """Read entries."""

    values: Plan


class UnionPlan(Struct, eq=False):
    """Read the writer's branch, then as its plan says."""

    writer: Union
    branches: tuple[Plan, ...]


class Step(Struct, eq=False):
    """Read one of the writer's fields; ``target`` is the reader's field, None where its value is dropped."""

    field: Field
    plan: Plan | None
    target: Field | None


class RecordPlan(Struct, eq=False):
    """Read the writer's fields in its order, then fill what only the reader has with defaults."""

    writer: Record
    reader: Record
    steps: tuple[Step, ...] = ()
    filled: tuple[Field, ...] = ()
    failures: tuple[Failure, ...] = ()


Plan: TypeAlias = Failure | LeafPlan | EnumPlan | ArrayPlan | MapPlan | UnionPlan | RecordPlan

_PROMOTIONS: Final[dict[str, tuple[str, ...]]] = {
    "int": ("long", "float", "double"),
    "long": ("float", "double"),
    "float": ("double",),
    "string": ("bytes",),
    "bytes": ("string",),
}


def resolve(writer: Type, reader: Type) -> Plan:
    """Return the plan by which ``reader`` reads what ``writer`` wrote; its failures are part of it."""
    return Resolver(writer, reader).plan(writer, reader)


class Resolver:
    """Works out the plan of two roots, place by place; each pair of records once."""

    def __init__(self, writer: Type, reader: Type) -> None:
        self._roots = (writer, reader)
        self._records: dict[tuple[int, int], RecordPlan] = {}
        self.claimed = _claimed_twice(reader)
        """The names that several of the reader's types go by, with these types; there are hardly ever any."""

    def plan(self, writer: Type, reader: Type) -> Plan:
        """Return the plan of a place in both schemas."""
        if self.claimed and (failure := self._ambiguous(writer, reader)) is not None:
            return failure
        if isinstance(writer, (Primitive, Fixed)) and isinstance(reader, (Primitive, Fixed)):
            return _leaf(writer, reader)
        if isinstance(writer, Union):
            return UnionPlan(writer, tuple(self.plan(branch, reader) for branch in writer.branches))
        if isinstance(reader, Union):
            return self._to_union(writer, reader)
        if isinstance(writer, Record) and isinstance(reader, Record):
            return self._record(writer, reader)
        if isinstance(writer, Enum) and isinstance(reader, Enum):
            return _enum(writer, reader)
        if isinstance(writer, Array) and isinstance(reader, Array):
            return ArrayPlan(self.plan(writer.items, reader.items))
        if isinstance(writer, Map) and isinstance(reader, Map):
            return MapPlan(self.plan(writer.values, reader.values))
        return _mismatch(writer, reader)

    def _to_union(self, writer: Type, reader: Union) -> Plan:
        """The branch of the writer's own full name, else the first that matches without looking inside."""
        name = branch_name(writer)
        alike = [branch for branch in reader.branches if branch.kind == writer.kind]
        same = [branch for branch in alike if branch_name(branch) == name]
        aliased = [branch for branch in alike if name in getattr(branch, "aliases", ())]
        loose = [branch for branch in reader.branches if _shallow_match(writer, branch)]
        for branch in (*same, *aliased, *loose):
            return self.plan(writer, branch)
        found = ", ".join(told_apart(writer, branch)[1] for branch in reader.branches) or "none"
        reason = f"the writer's {name} matches no branch of the reader's union ({found})"
        return Failure("UNION_BRANCH_MISSING", writer, reader, reason)

    def _record(self, writer: Record, reader: Record) -> Plan:
        if not names_match(writer, reader):
            return _name_mismatch(writer, reader)
        key = (id(writer), id(reader))
        known = self._records.get(key)
        if known is None:
            known = self._records[key] = RecordPlan(writer, reader)
            self._fill(known)
        return known

    def _fill(self, plan: RecordPlan) -> None:
        sources = match_fields(plan.writer, plan.reader)
        steps, failures = [], []
        claims: dict[Field, list[Field]] = {}
        for target, source in sources.items():
            if source is not None:
                claims.setdefault(source, []).append(target)
        for field in plan.writer.fields:
            targets = claims.get(field, [])
            if len(targets) > 1:
                names = " and ".join(target.name for target in targets)
                reason = f"the writer's field \"{field.name}\" is claimed by the reader's {names}"
                failures.append(Failure("ALIAS_AMBIGUOUS", plan.writer, plan.reader, reason, targets[1]))
            first = targets[0] if targets else None
            steps.append(Step(field, self.plan(field.type, first.type) if first else None, first))
        plan.steps = tuple(steps)
        plan.filled = tuple(field for field, source in sources.items() if source is None)
        crossed = list(_crossed(plan.writer, plan.reader))
        if crossed and not self._is_one_schema():
            failures.extend(crossed)
        for field in plan.filled:
            if field.default is NO_DEFAULT:
                reason = f'the reader\'s field "{field.name}" has no default and the writer does not write it'
                failures.append(Failure("FIELD_MISSING", plan.writer, plan.reader, reason, field))
        plan.failures = tuple(failures)

    def _ambiguous(self, writer: Type, reader: Type) -> Failure | None:
        """Libraries that rename the writer's types by the reader's aliases first read another type than others."""
        if not isinstance(writer, (Record, Enum, Fixed)) or writer.name not in self.claimed or self._is_one_schema():
            return None
        names = " and ".join(self.claimed[writer.name])
        reason = f"the writer's type {writer.name} is claimed by the reader's {names}"
        return Failure("ALIAS_AMBIGUOUS", writer, reader, reason)

    def _is_one_schema(self) -> bool:
        """Whether reader and writer are the same: all libraries agree that a schema reads itself by names alone."""
        writer, reader = self._roots
        return writer is reader or inlined(writer) == inlined(reader)


def _claimed_twice(reader: Type) -> dict[str, list[str]]:
    if not _has_aliases(reader):
        return {}
    claims: dict[str, list[str]] = {}
    for type_ in named_types(reader).values():
        for name in {type_.name, *type_.aliases}:
            claims.setdefault(name, []).append(type_.name)
    return {name: found for name, found in claims.items() if len(found) > 1}


def _has_aliases(root: Type) -> bool:
    """Whether any type has one; asked of every reader, so leaves are passed over where they stand."""
    seen: set[int] = set()
    waiting: list[Type] = [root]
    while waiting:
        type_ = waiting.pop()
        if isinstance(type_, Record):
            if id(type_) not in seen:
                if type_.aliases:
                    return True
                seen.add(id(type_))
                waiting += [field.type for field in type_.fields if type(field.type) is not Primitive]
        elif isinstance(type_, (Enum, Fixed)):
            if type_.aliases:
                return True
        elif not isinstance(type_, Primitive):
            waiting.extend(children(type_))
    return False


def match_fields(writer: Record, reader: Record) -> dict[Field, Field | None]:
    """Return, for each field of the reader, the writer's field that fills it: by name, else by alias."""
    by_name = {field.name: field for field in writer.fields}
    matched: dict[Field, Field | None] = {}
    for field in reader.fields:
        names = (field.name, *field.aliases)
        matched[field] = next((by_name[name] for name in names if name in by_name), None)
    return matched


def _crossed(writer: Record, reader: Record) -> Iterator[Failure]:
    """Aliases of fields that the writer writes under their own names: other libraries would rename those first."""
    written = {field.name for field in writer.fields}
    for field in reader.fields:
        for alias in field.aliases:
            if field.name in written and alias in written and alias != field.name:
                reason = f'the reader\'s field "{field.name}" has the alias "{alias}", and the writer writes both'
                yield Failure("ALIAS_CROSSED", writer, reader, reason, field)


def names_match(writer: Named, reader: Named) -> bool:
    """Return whether a reader's named type may read a writer's: same name, an alias, or same short name."""
    return (
        writer.name == reader.name
        or writer.name in reader.aliases
        or short_name(writer.name) == short_name(reader.name)
    )


def _shallow_match(writer: Type, reader: Type) -> bool:
    if isinstance(writer, (Record, Enum, Fixed)):
        return isinstance(reader, type(writer)) and names_match(writer, reader)
    return writer.kind == reader.kind or reader.kind in _PROMOTIONS.get(writer.kind, ())


def _enum(writer: Enum, reader: Enum) -> Plan:
    if not names_match(writer, reader):
        return _name_mismatch(writer, reader)
    known = frozenset(reader.symbols)
    return EnumPlan(writer, reader, tuple(s if s in known else reader.default for s in writer.symbols))


def _leaf(writer: Primitive | Fixed, reader: Primitive | Fixed) -> Plan:
    if isinstance(writer, Fixed) and isinstance(reader, Fixed):
        if not names_match(writer, reader):
            return _name_mismatch(writer, reader)
        if writer.size != reader.size:
            reason = f"the writer's {writer.name} has {writer.size} bytes, the reader's {reader.size}"
            return Failure("FIXED_SIZE_CHANGED", writer, reader, reason)
    elif writer.kind != reader.kind and reader.kind not in _PROMOTIONS.get(writer.kind, ()):
        return _mismatch(writer, reader)
    return _decimal_mismatch(writer, reader) or LeafPlan(writer, reader)


def _decimal_mismatch(writer: Primitive | Fixed, reader: Primitive | Fixed) -> Failure | None:
    old, new = writer.logical, reader.logical
    if old is None or new is None:
        return None
    if {old.name, new.name} == {"decimal", "big-decimal"}:
        reason = f"the writer writes {old.name}, the reader expects {new.name}, which spells numbers otherwise"
        return Failure("DECIMAL_SCALE_CHANGED", writer, reader, reason)
    if not old.name == new.name == "decimal":
        return None
    if old.scale != new.scale:
        reason = f"the writer's decimals have {old.scale} digits after the point, the reader's {new.scale}"
        return Failure("DECIMAL_SCALE_CHANGED", writer, reader, reason)
    if old.precision > new.precision:
        reason = f"the writer's decimals have up to {old.precision} digits, the reader's only {new.precision}"
        return Failure("DECIMAL_PRECISION_NARROWED", writer, reader, reason)
    return None


def _name_mismatch(writer: Named, reader: Named) -> Failure:
    reason = f"the writer's {writer.kind} is {writer.name}, the reader's {reader.name} has no such name or alias"
    return Failure("NAME_CHANGED", writer, reader, reason)


def told_apart(writer: Type, reader: Type) -> tuple[str, str]:
    """Return how two types that do not match are called, with their kinds where the name is the same."""
    names = branch_name(writer), branch_name(reader)
    return names if names[0] != names[1] else (f"the {writer.kind} {names[0]}", f"the {reader.kind} {names[1]}")


def _mismatch(writer: Type, reader: Type) -> Failure:
    wrote, expects = told_apart(writer, reader)
    return Failure("TYPE_CHANGED", writer, reader, f"the writer wrote {wrote}, the reader expects {expects}")
