"""Checks for what is right today and stands in the way of the next version."""

from __future__ import annotations

from collections.abc import Iterator

from avow.lint.hit import Check, Hit
from avow.lint.subject import Subject
from avow.runtime.defaults import admits
from avow.runtime.problem import show
from avow.runtime.schema import NO_DEFAULT, Field, Json, Path, Union, branch_name


def enum_without_default(subject: Subject) -> Iterator[Hit]:
    """The default of a field does not help: it is for a field that is missing."""
    for file, enum in subject.enums:
        if enum.default is None:
            message = f"the enum {enum.name} has no default, so older readers cannot read a new symbol"
            fix = 'Add a symbol such as UNKNOWN, and "default" with its name.'
            yield Hit(file, (*enum.at, "name"), message, fix)


def optional_without_default(subject: Subject) -> Iterator[Hit]:
    """Only a union with null makes a field optional."""
    for file, field in subject.fields:
        if field.default is NO_DEFAULT and isinstance(field.type, Union) and _has_null(field.type):
            fix = 'Add "default": null, and put "null" first in the union.'
            if branch_name(field.type.branches[0]) == "null":
                fix = 'Add "default": null.'
            message = f'the field "{field.name}" may be null, and has no default'
            yield Hit(file, (*field.at, "name"), message, fix)


def _has_null(union: Union) -> bool:
    return any(branch_name(branch) == "null" for branch in union.branches)


def union_default_not_first(subject: Subject) -> Iterator[Hit]:
    """Valid since Avro 1.12, and not before."""
    for file, field in subject.fields:
        if field.default is not NO_DEFAULT and isinstance(field.type, Union) and _is_later(field):
            first = branch_name(field.type.branches[0])
            message = f"the default {show(field.default)} is no {first}, which is the first branch of its union"
            fix = "Put the branch of the default first: older libraries take no other."
            yield Hit(file, (*field.at, "default"), message, fix)


def _is_later(field: Field) -> bool:
    assert isinstance(field.type, Union)
    return admits(field.type.branches[0], field.default) is not None


def deprecated_without_replacement(subject: Subject) -> Iterator[Hit]:
    """A reason will do as well."""
    for file, record in subject.records:
        contract = record.props.get("contract")
        mark = contract.get("deprecated") if isinstance(contract, dict) else None
        yield from _leads_nowhere(file, (*record.at, "contract", "deprecated"), mark, record.name)
    for file, field in subject.fields:
        mark = field.props.get("deprecated")
        yield from _leads_nowhere(file, (*field.at, "deprecated"), mark, f'the field "{field.name}"')


def _leads_nowhere(file: str, at: Path, mark: Json, what: str) -> Iterator[Hit]:
    if mark is True or (isinstance(mark, dict) and not mark.keys() & {"use", "reason"}):
        fix = 'Add "use" with what to use instead, or "reason" with what users should do.'
        yield Hit(file, at, f"{what} is deprecated, and nothing is named in its place", fix)


CHECKS: dict[str, Check] = {
    "ENUM_WITHOUT_DEFAULT": enum_without_default,
    "OPTIONAL_WITHOUT_DEFAULT": optional_without_default,
    "UNION_DEFAULT_NOT_FIRST": union_default_not_first,
    "DEPRECATED_WITHOUT_REPLACEMENT": deprecated_without_replacement,
}
