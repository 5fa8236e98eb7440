"""Checks for types that are valid and do not mean what they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from avow import tense
from avow.lint import infinite
from avow.lint.hit import Check, Hit
from avow.lint.subject import Subject
from avow.load.inspect import Node, at_path, defined_name
from avow.runtime.fits import KNOWN, misfit
from avow.runtime.names import nearest, reference
from avow.runtime.problem import show
from avow.runtime.schema import Array, Field, Json, Primitive, Record, Type, Union, short_name

# logical types


def logical_on_field(subject: Subject) -> Iterator[Hit]:
    """Whether it would fit the type is another question."""
    for file, node in subject.nodes:
        if node.shape == "field" and "logicalType" in node.value:
            name = show(node.value["logicalType"])
            field = show(node.value.get("name"))
            message = f'"logicalType" stands on the field {field}, where it has no effect'
            fix = f"Move it into the type: {_moved(node.value, name)}"
            yield Hit(file, (*node.at, "logicalType"), message, fix, key=True)


def _moved(field: dict[str, Json], logical: str) -> str:
    type_ = field.get("type")
    if isinstance(type_, list):  # the branch that it is for
        type_ = next((branch for branch in type_ if isinstance(branch, str) and branch != "null"), None)
    inner = show(type_) if isinstance(type_, str) else "..."
    return f'{{"type": {inner}, "logicalType": {logical}}}'


def logical_misfit(subject: Subject) -> Iterator[Hit]:
    """One that is unknown is another rule's."""
    for file, node in _logical(subject):
        name = node.value["logicalType"]
        if isinstance(name, str) and name not in KNOWN:
            continue
        kind, size = node.value.get("type"), node.value.get("size")
        if not isinstance(kind, str):
            reason = f"{show(name)} stands around a type and not on it"
        else:
            reason = misfit(kind, size if kind == "fixed" and isinstance(size, int) else 0, node.value) or ""
        if reason:
            fix = "Avro ignores it as it is: take a type that it fits, or remove it."
            yield Hit(file, (*node.at, "logicalType"), reason, fix)


def logical_unknown(subject: Subject) -> Iterator[Hit]:
    """Libraries have some of their own, which only they understand."""
    for file, node in _logical(subject):
        name = node.value["logicalType"]
        if isinstance(name, str) and name not in KNOWN:
            near = nearest(name, KNOWN)
            fix = f'Did you mean "{near}"?' if near else "Remove it, and say in doc what the value is."
            yield Hit(file, (*node.at, "logicalType"), f"{show(name)} is no logical type of Avro", fix)


def _logical(subject: Subject) -> Iterator[tuple[str, Node]]:
    for file, node in subject.nodes:
        if node.shape == "object" and "logicalType" in node.value:
            yield file, node


# recursion


def infinite_record(subject: Subject) -> Iterator[Hit]:
    """One finding for each circle."""
    files, types = subject.tree.files, subject.tree.schemas.types.values()
    for circle in infinite.circles(type_ for type_ in types if isinstance(type_, Record)):
        record, field = circle[0]
        way = " -> ".join(f"{short_name(each.name)}.{by.name}" for each, by in circle)
        message = f"{record.name} has to hold itself without end: {way} -> {short_name(record.name)}"
        fix = 'Make one of these fields a union with "null", an array or a map.'
        if files[record.name] not in subject.broken:
            yield Hit(files[record.name], (*field.at, "type"), message, fix)


# what names promise

_MONEY = frozenset(
    """
    amount balance budget charge commission cost deductible deposit discount excess expense fee fine fund
    income money payment payout penalty premium price rebate refund rent revenue salary surcharge tax vat wage
    """.split()
)
_CURRENCIES = frozenset("aud cad cents chf cny czk dkk dollar eur euro gbp huf inr jpy nok pln pound sek usd".split())
_TIMES = frozenset("at date datetime time timestamp".split())
_NUMBER_OR_TEXT = ("int", "long", "float", "double", "string")
# Before `time`, these make it a duration.
_SPANS = frozenset(
    """
    cycle dead down elapsed execution idle lag latency lead life lock processing query reaction real response
    run running service spent total travel turnaround up wait waiting warm work working
    """.split()
)


def float_money(subject: Subject) -> Iterator[Hit]:
    """By the last word of the name, or the one before a currency."""
    for file, field in subject.fields:
        kind = _plain_kind(field.type)
        if kind in ("float", "double") and _is_money(tense.words(field.name)):
            message = f'the field "{field.name}" looks like money, and a {kind} cannot hold cents exactly'
            fix = 'Use {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}'
            yield Hit(file, (*field.at, "type"), message, fix)


def _is_money(words: list[str]) -> bool:
    last = words[-1] if words else ""
    return last in _CURRENCIES or last in _MONEY or last.removesuffix("s") in _MONEY


def time_as_primitive(subject: Subject) -> Iterator[Hit]:
    """A logical type that stands wrongly is another rule's."""
    for file, field in subject.fields:
        kind = _plain_kind(field.type)
        words = tense.words(field.name)
        if kind in _NUMBER_OR_TEXT and _is_time(words) and not _says_logical(subject, file, field):
            message = f'the field "{field.name}" looks like a time, and is a plain {kind}'
            yield Hit(file, (*field.at, "type"), message, _time_fix(words[-1]))


def _is_time(words: list[str]) -> bool:
    if not words or words[-1] not in _TIMES:
        return False
    return words[-2] not in _SPANS if len(words) > 1 else words[0] != "at"


def _time_fix(last: str) -> str:
    wanted = ("int", "date") if last == "date" else ("long", "timestamp-millis")
    return f'Use {{"type": "{wanted[0]}", "logicalType": "{wanted[1]}"}}, or another logical type that fits.'


def _plain_kind(type_: Type) -> str:
    """Return the kind of a primitive without logical type, of its array or of its optional; else nothing."""
    if isinstance(type_, Array):
        return _plain_kind(type_.items)
    if isinstance(type_, Union):
        kinds = {kind for branch in type_.branches if (kind := _plain_kind(branch)) != "null"}
        return kinds.pop() if len(kinds) == 1 else ""
    return type_.kind if isinstance(type_, Primitive) and type_.logical is None else ""


def _says_logical(subject: Subject, file: str, field: Field) -> bool:
    type_ = at_path(subject.tree.sources[file].value, (*field.at, "type"))
    return "logicalType" in field.props or "logicalType" in show(type_, limit=1 << 20)


# unions


def short_name_twice_in_union(subject: Subject) -> Iterator[Hit]:
    """Full names differ, or the schema would be invalid."""
    for file, node in subject.nodes:
        if node.shape == "union":
            seen: dict[str, str] = {}
            for index, branch in enumerate(node.value):
                full = _branch(branch, node.around)
                first = seen.setdefault(short_name(full), full)
                if first != full:
                    message = f"{first} and {full} are branches of one union and have the same short name"
                    fix = "Rename one of them after what makes it different."
                    yield Hit(file, (*node.at, index), message, fix)


def _branch(branch: Json, around: str) -> str:
    if isinstance(branch, dict):
        return defined_name(branch, around) or _branch(branch.get("type"), around)
    return reference(branch, around) if isinstance(branch, str) else ""


CHECKS: dict[str, Check] = {
    "LOGICAL_ON_FIELD": logical_on_field,
    "LOGICAL_MISFIT": logical_misfit,
    "LOGICAL_UNKNOWN": logical_unknown,
    "INFINITE_RECORD": infinite_record,
    "FLOAT_MONEY": float_money,
    "TIME_AS_PRIMITIVE": time_as_primitive,
    "SHORT_NAME_TWICE_IN_UNION": short_name_twice_in_union,
}
