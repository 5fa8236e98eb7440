"""The engine: walks a plan of resolution and says of each of its places what does not go together there.

A pair of records is visited once, on the first way to it: what is found inside is the same on every other way,
and a pair that is met again while it is open adds nothing (assume that it is fine, verify the rest). No verdict
is kept, so none can rest on an assumption that turns out to be wrong.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from avow.compat.advice import FIXES
from avow.compat.incompatibility import Branch, Hop, Incompatibility, Inside, Spot
from avow.compat.java_unions import JavaUnions
from avow.compat.same import SAME
from avow.finding import Severity
from avow.runtime.resolution import (
    ArrayPlan,
    EnumPlan,
    Failure,
    LeafPlan,
    MapPlan,
    Plan,
    RecordPlan,
    UnionPlan,
    names_match,
    resolve,
    told_apart,
)
from avow.runtime.schema import (
    Array,
    Enum,
    Fixed,
    Map,
    Named,
    Primitive,
    Record,
    Type,
    Union,
    branch_name,
    namespace_of,
)

_LOSSY: Final = {("int", "float"), ("long", "float"), ("long", "double")}
_TIMES: Final = ("date", "time-", "timestamp-", "local-timestamp-")
_NO_BRANCH: Final = ("TYPE_CHANGED", "NAME_CHANGED")


class _Here(Struct, frozen=True):
    """A place in both schemas, and the way to it."""

    writer: Spot
    reader: Spot
    path: str = ""
    trail: tuple[Hop, ...] = ()


class Engine:
    """Collects what is wrong between one writer and one reader in ``found``."""

    def __init__(self, writer: Type, reader: Type, java_unions: bool) -> None:
        self.found: list[Incompatibility] = []
        self._roots = (writer, reader)
        self._java_unions = JavaUnions() if java_unions else None
        self._seen: set[tuple[int, int]] = set()

    def visit(self, plan: Plan) -> None:
        """Look through a plan of the two roots."""
        writer, reader = self._roots
        self._visit(plan, _Here(_spot(writer), _spot(reader)))

    def _visit(self, plan: Plan, here: _Here) -> None:
        if plan is SAME:
            return
        if isinstance(here.writer.type, Union):
            self._branches(plan, here)
        elif isinstance(here.reader.type, Union):
            self._to_union(plan, here)
        elif isinstance(plan, Failure):
            self._failure(plan, here)
        elif isinstance(plan, LeafPlan):
            self._leaf(plan, here)
        elif isinstance(plan, RecordPlan):
            self._record(plan, here)
        elif isinstance(plan, EnumPlan):
            self._enum(plan, here)
        else:
            self._inside(plan, here)

    def _branches(self, plan: Plan, here: _Here) -> None:
        assert isinstance(plan, UnionPlan)
        for index, (branch, inner) in enumerate(zip(plan.writer.branches, plan.branches, strict=True)):
            spot = Spot(branch, here.writer.owner, here.writer.field)
            there = _Here(spot, here.reader, here.path, (*here.trail, Branch(index)))
            if isinstance(inner, Failure) and inner.rule in _NO_BRANCH:
                may_be, expected = told_apart(branch, inner.reader)
                reason = f"the writer may write {may_be}, the reader takes {expected} only"
                self._add("UNION_BRANCH_MISSING", "error", reason, there)
            else:
                self._visit(inner, there)

    def _to_union(self, plan: Plan, here: _Here) -> None:
        union = here.reader.type
        assert isinstance(union, Union)
        if isinstance(plan, Failure) and plan.rule == "UNION_BRANCH_MISSING":
            self._failure(plan, here)
            return
        chosen = _chosen(plan)
        if self._java_unions is not None:
            taken = self._java_unions.taken(here.writer.type, union)
            if taken is not None and taken is not chosen:
                plan, chosen = resolve(here.writer.type, taken), taken
        elif _fails(plan):
            others = (branch for branch in union.branches if branch is not chosen)
            other = next((branch for branch in others if not _fails(resolve(here.writer.type, branch))), None)
            if other is not None:
                self._first_match(chosen, other, here)
                return
        spot = Spot(chosen or _of_kind(union, here.writer.type), here.reader.owner, here.reader.field)
        self._visit(plan, _Here(here.writer, spot, here.path, here.trail))

    def _first_match(self, chosen: Type | None, other: Type, here: _Here) -> None:
        first = branch_name(chosen) if chosen is not None else branch_name(here.writer.type)
        reason = (
            f"of the reader's union the branch {first} matches what the writer writes first and cannot read it, "
            f"though {branch_name(other)} could"
        )
        self._add("UNION_FIRST_MATCH", "error", reason, here)

    def _failure(self, plan: Failure, here: _Here) -> None:
        self._add(plan.rule, "error", plan.reason, here)

    def _record(self, plan: RecordPlan, here: _Here) -> None:
        key = (id(plan.writer), id(plan.reader))
        if key in self._seen:
            return
        self._seen.add(key)
        writer, reader = Spot(plan.writer, plan.writer), Spot(plan.reader, plan.reader)
        there = _Here(writer, reader, here.path, here.trail)
        self._namespace(plan.writer, plan.reader, there)
        for failure in plan.failures:
            at = Spot(failure.field.type, plan.reader, failure.field) if failure.field else reader
            name = failure.field.name if failure.field else ""
            self._add(failure.rule, "error", failure.reason, _Here(writer, at, here.path, here.trail), name)
        for step in plan.steps:
            if step.plan is None or step.target is None:
                continue
            path = f"{here.path}.{step.field.name}" if here.path else step.field.name
            inner = _Here(
                Spot(step.field.type, plan.writer, step.field),
                Spot(step.target.type, plan.reader, step.target),
                path,
                (*here.trail, step.field),
            )
            self._visit(step.plan, inner)

    def _enum(self, plan: EnumPlan, here: _Here) -> None:
        self._namespace(plan.writer, plan.reader, here)
        lost = [name for name, read in zip(plan.writer.symbols, plan.symbols, strict=True) if read is None]
        if not lost:
            return
        there = _Here(Spot(plan.writer, plan.writer), Spot(plan.reader, plan.reader), here.path, here.trail)
        names = ", ".join(lost)
        reason = (
            f"the writer may write the symbol{'s' * (len(lost) > 1)} {names} of {plan.writer.name}, "
            f"the reader's enum has {'it' if len(lost) == 1 else 'them'} not, and no default"
        )
        self._add("ENUM_SYMBOL_REMOVED", "error", reason, there, lost[0])

    def _inside(self, plan: Plan, here: _Here) -> None:
        writer, reader = here.writer, here.reader
        if isinstance(plan, ArrayPlan):
            assert isinstance(writer.type, Array) and isinstance(reader.type, Array)
            pair, inner, mark, kind = (writer.type.items, reader.type.items), plan.items, "[]", "array"
        else:
            assert isinstance(plan, MapPlan) and isinstance(writer.type, Map) and isinstance(reader.type, Map)
            pair, inner, mark, kind = (writer.type.values, reader.type.values), plan.values, "{}", "map"
        there = _Here(
            Spot(pair[0], writer.owner, writer.field),
            Spot(pair[1], reader.owner, reader.field),
            f"{here.path}{mark}",
            (*here.trail, Inside("array" if kind == "array" else "map")),
        )
        self._visit(inner, there)

    def _leaf(self, plan: LeafPlan, here: _Here) -> None:
        old, new = plan.writer, plan.reader
        if isinstance(old, Fixed) and isinstance(new, Fixed):
            self._namespace(old, new, here)
        if (old.kind, new.kind) in _LOSSY:
            reason = f"the writer writes {old.kind}, the reader's {new.kind} cannot hold every {old.kind} exactly"
            self._add("PROMOTION_LOSSY", "warning", reason, here)
        if (old.kind, new.kind) == ("bytes", "string"):
            reason = "the writer writes bytes, the reader expects a string, and not all bytes are UTF-8"
            self._add("BYTES_AS_STRING", "warning", reason, here)
        self._logical(old, new, here)

    def _logical(self, old: Primitive | Fixed, new: Primitive | Fixed, here: _Here) -> None:
        written, wanted = old.logical, new.logical
        if written == wanted:
            return
        before = written.name if written else f"plain {old.kind}"
        after = wanted.name if wanted else f"plain {new.kind}"
        if written and wanted and written.name == wanted.name == "decimal":
            reason = (
                f"the writer's decimals have up to {written.precision} digits, the reader expects {wanted.precision}"
            )
            self._add("DECIMAL_PRECISION_WIDENED", "warning", reason, here)
        elif before.startswith(_TIMES) and after.startswith(_TIMES):
            reason = f"the writer writes {before}, the reader takes the number for {after}: another moment"
            self._add("UNIT_CHANGED", "error", reason, here)
        else:
            reason = f"the writer writes {before}, the reader reads {after}"
            self._add("LOGICAL_CHANGED", "warning", reason, here)

    def _namespace(self, old: Named, new: Named, here: _Here) -> None:
        if old.name == new.name or old.name in new.aliases or not names_match(old, new):
            return
        before, after = namespace_of(old.name) or "no namespace", namespace_of(new.name) or "no namespace"
        reason = f"the writer's {branch_name(old)} is in {before}, the reader's {branch_name(new)} in {after}"
        self._add("NAMESPACE_CHANGED", "warning", reason, here)

    def _add(self, rule: str, severity: Severity, reason: str, here: _Here, subject: str = "") -> None:
        reader, writer = FIXES[rule]
        self.found.append(
            Incompatibility(
                rule=rule,
                severity=severity,
                path=here.path,
                reason=reason,
                fix_reader=reader,
                fix_writer=writer,
                writer=here.writer,
                reader=here.reader,
                trail=here.trail,
                writer_root=self._roots[0],
                reader_root=self._roots[1],
                subject=subject,
            )
        )


def _spot(type_: Type) -> Spot:
    return Spot(type_, type_ if isinstance(type_, (Record, Enum, Fixed)) else None)


def _chosen(plan: Plan) -> Type | None:
    """The branch of the reader's union that a plan reads, where the plan knows it."""
    return plan.reader if isinstance(plan, (LeafPlan, EnumPlan, RecordPlan, Failure)) else None


def _of_kind(union: Union, writer: Type) -> Type:
    return next(branch for branch in union.branches if branch.kind == writer.kind)


def _fails(plan: Plan) -> bool:
    """Whether anything that a writer can write along a plan cannot be read; each record is looked at once."""
    seen: set[int] = set()
    waiting = [plan]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Failure):
            return True
        if isinstance(each, EnumPlan) and None in each.symbols:
            return True
        if isinstance(each, UnionPlan):
            waiting.extend(each.branches)
        elif isinstance(each, ArrayPlan):
            waiting.append(each.items)
        elif isinstance(each, MapPlan):
            waiting.append(each.values)
        elif isinstance(each, RecordPlan) and id(each) not in seen:
            seen.add(id(each))
            if each.failures:
                return True
            waiting.extend(step.plan for step in each.steps if step.plan is not None)
    return False
