"""What a dispute with Avro for Java is about: the predicates of the zones in `tests.support.java_zones`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from tests.support import oracle
from tests.support.differential import all_types
from tests.support.java import Failed, Json
from tests.support.java_judge import Dispute

from avow.compat.incompatibility import Incompatibility
from avow.runtime import schema as model
from avow.runtime.defaults import resolve_default


def rule(dispute: Dispute, name: str) -> bool:
    """Return whether the datum is the witness of a rule whose name begins so."""
    return dispute.found is not None and dispute.found.rule.startswith(name)


def raw(dispute: Dispute) -> bool:
    """Return whether Java reads what our interpreter does below logical types, as far as both go the same way."""
    ours = dispute.case.ours(dispute.datum)
    if dispute.case.java_unions or isinstance(ours, Failed):
        return dispute.case.java_unions or another_name(dispute._replace(ours=ours))
    return oracle.same(ours, dispute.java)


def not_utf8(dispute: Dispute) -> bool:
    return "'utf-8' codec can't decode" in _why(dispute)


def _why(dispute: Dispute) -> str:
    return dispute.ours.message if isinstance(dispute.ours, Failed) else ""


def another_name(dispute: Dispute) -> bool:
    """Return whether a record has not the name that is expected, or beside the one of its name there are others."""
    found = dispute.found
    if found and found.rule in ("NAME_CHANGED", "UNION_BRANCH_MISSING") and isinstance(found.writer.type, model.Record):
        return True
    names = re.search(r"the writer's record is (\S+), the reader's|the writer's (\S+) matches no branch", _why(dispute))
    if names and isinstance(_named(dispute).get(names[1] or names[2]), model.Record):
        return True
    return any(_short(rival) != _short(taken) for taken, rival in _rivals(dispute))


def _named(dispute: Dispute) -> dict[str, model.Named]:
    return model.named_types(dispute.case.writer.type)


def several_candidates(dispute: Dispute) -> bool:
    """Return whether a record of a union is taken, or would be, by a short name that is not its alone."""
    if dispute.case.java_unions:
        return False
    first = "UNION_FIRST_MATCH" in dispute.case.rules
    return first or any(_short(rival) == _short(taken) for taken, rival in _rivals(dispute))


def _rivals(dispute: Dispute) -> Iterator[tuple[model.Record, model.Record]]:
    """Yield each record of a union that is taken by its short name alone, with each other record there."""
    for found, union in product(_moved(dispute), _unions(dispute)):
        taken = found.reader.type
        if isinstance(taken, model.Record) and taken in union.branches:
            others = (branch for branch in union.branches if branch is not taken)
            yield from ((taken, other) for other in others if isinstance(other, model.Record))


def _moved(dispute: Dispute) -> list[Incompatibility]:
    return [found for found in dispute.case.findings if found.rule == "NAMESPACE_CHANGED"]


def _unions(dispute: Dispute) -> list[model.Union]:
    return [each for each in all_types(dispute.case.reader.type) if isinstance(each, model.Union)]


def _short(record: model.Record) -> str:
    return model.short_name(record.name)


def equal_unions(dispute: Dispute) -> bool:
    """Return whether both have a union with the same short names, one of them twice."""
    if not dispute.case.java_unions:
        return False
    written = {tuple(_names(each)) for each in all_types(dispute.case.writer.type) if isinstance(each, model.Union)}
    return any(tuple(names) in written and len(set(names)) < len(names) for names in map(_names, _unions(dispute)))


def _names(union: model.Union) -> list[str]:
    return [model.short_name(model.branch_name(branch)) for branch in union.branches]


def moved_in_a_union(dispute: Dispute) -> bool:
    """Return whether Java finds no branch for an enum or a fixed that comes from another namespace."""
    moved = [found.reader.type for found in _moved(dispute)]
    branches = [type_ for type_, union in product(moved, _unions(dispute)) if type_ in union.branches]
    if not any(isinstance(branch, (model.Enum, model.Fixed)) for branch in branches):
        return False
    return "expecting union[" in dispute.java.message


def moved_with_aliases(dispute: Dispute) -> bool:
    """Return whether something comes from another namespace for which, or for a field of which, there is an alias."""
    pairs = product(_moved(dispute), model.named_types(dispute.case.reader.type).values())
    return any(_has_alias(found, named) for found, named in pairs)


def _has_alias(found: Incompatibility, named: model.Named) -> bool:
    old, new = found.writer.type, found.reader.type
    name = model.branch_name(old)
    if name in named.aliases:
        return True
    if not (isinstance(old, model.Record) and isinstance(named, model.Record) and (named is new or named.name == name)):
        return False
    written = {field.name for field in old.fields}
    return any(not written.isdisjoint(field.aliases) for field in named.fields)


def crossed_aliases(dispute: Dispute) -> bool:
    is_said = not dispute.case.rules.isdisjoint(("ALIAS_CROSSED", "ALIAS_AMBIGUOUS"))
    return is_said or (isinstance(dispute.java, Failed) and dispute.java.message.startswith("Duplicate field"))


def later_default(dispute: Dispute) -> bool:
    """Return whether some default is of a union's branch behind one for which Java would take it."""
    return any(
        _java_takes(branch, value)
        for type_, value in _defaults(dispute)
        if isinstance(type_, model.Union)
        for branch in type_.branches[: type_.branches.index(resolve_default(type_, value).type)]
    )


def _java_takes(branch: model.Type, value: Json) -> bool:
    if branch.kind in ("fixed", "string", "bytes"):
        return isinstance(value, str)
    if branch.kind in ("null", "boolean"):
        return type(value) is (bool if branch.kind == "boolean" else type(None))
    return branch.kind not in ("int", "long", "float", "double") or type(value) in (int, float)


def _defaults(dispute: Dispute) -> Iterator[tuple[model.Type, Json]]:
    """Yield the types and values of which the reader's defaults consist."""
    records = [each for each in all_types(dispute.case.reader.type) if isinstance(each, model.Record)]
    fields = [field for record in records for field in record.fields]
    waiting = [(field.type, field.default) for field in fields if field.default is not model.NO_DEFAULT]
    while waiting:
        type_, value = waiting.pop()
        yield type_, value
        if isinstance(type_, model.Union):
            waiting.append((resolve_default(type_, value).type, value))
        elif isinstance(type_, model.Array):
            waiting += [(type_.items, item) for item in value]
        elif isinstance(type_, model.Map):
            waiting += [(type_.values, item) for item in value.values()]
        elif isinstance(type_, model.Record):
            waiting += [(field.type, value.get(field.name, field.default)) for field in type_.fields]


def empty_default(dispute: Dispute) -> bool:
    return dispute.decoder == "fast" and "Not an array: [" in dispute.java.message


def a_hole(dispute: Dispute) -> bool:
    return dispute.decoder == "resolving" and '"top" is null' in dispute.java.message


def endless(dispute: Dispute) -> bool:
    return dispute.decoder == "resolving" and dispute.java.error == "java.lang.StackOverflowError"
