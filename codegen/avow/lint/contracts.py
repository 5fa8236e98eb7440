"""Checks of what a contract says about itself, and whether its shape keeps what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import UNSET

from avow import tense
from avow.lint.hit import Check, Hit
from avow.lint.subject import Contracted, Subject
from avow.runtime.names import nearest
from avow.runtime.schema import Array, Enum, Field, Fixed, Map, Primitive, Record, Type, Union, short_name

# what a contract has to say

_KINDS = {
    "owner": ("event", "command", "query", "answer", "snapshot", "document"),
    "channel": ("event", "command", "query", "snapshot"),
    "pattern": ("event",),
    "key": ("event", "command", "snapshot"),
    "partitions": ("event", "command", "snapshot"),
    "retention": ("event", "command", "snapshot"),
}
"""Attribute -> the kinds of contract that need it. A query and its answer pass by and keep no order."""

_EXAMPLES = {
    "owner": '"owner": the service that answers for it',
    "channel": '"channel": the topic, subject or queue',
    "pattern": '"pattern": notification, state-transfer or sourced',
    "key": '"key": the field that says what it is about',
    "partitions": '"partitions": a number such as 8',
    "retention": '"retention": a duration such as "P14D"',
}


def _missing(attribute: str) -> Check:
    """Return the check that contracts have an attribute, where their kind needs it."""

    def check(subject: Subject) -> Iterator[Hit]:
        for each in subject.contracts:
            if _needs(each, attribute) and getattr(each.contract, attribute) is UNSET:
                message = f"the {each.contract.kind} {each.record.name} has no {attribute}"
                yield Hit(each.file, (*each.record.at, "contract"), message, f"Add {_EXAMPLES[attribute]}.")

    return check


def _needs(each: Contracted, attribute: str) -> bool:
    """Return whether a contract has to have an attribute; a sourced event's history has no end."""
    if each.contract.pattern == "sourced" and attribute in ("key", "retention"):
        return False
    return each.contract.kind in _KINDS[attribute]


def sourced_without_key(subject: Subject) -> Iterator[Hit]:
    """Takes the place of MISSING_KEY."""
    for each in subject.contracts:
        if each.contract.pattern == "sourced" and each.contract.key is UNSET:
            message = f"the sourced event {each.record.name} does not name its aggregate"
            fix = 'Add "key": the field with the id of the aggregate.'
            yield Hit(each.file, (*each.record.at, "contract"), message, fix)


# the key


def key_not_found(subject: Subject) -> Iterator[Hit]:
    """A path that enters a file with errors is let pass: what it leads to is not known."""
    for each in subject.contracts:
        if each.contract.key is not UNSET:
            found = _follow(subject, each.record, each.contract.key)
            if found is not None:
                yield Hit(each.file, (*each.record.at, "contract", "key"), *found)


def _follow(subject: Subject, record: Record, key: str) -> tuple[str, str] | None:
    """Return what is wrong with a key and what to do, or None where it leads to one value."""
    type_: Type = record
    for step in key.split("."):
        inner = _record(type_)
        if inner is None:
            return (
                f'the key "{key}" goes on behind a value that has no fields',
                f'End the path before "{step}".',
            )
        if subject.tree.files[inner.name] in subject.broken:
            return None
        fields = {field.name: field for field in inner.fields}
        if step not in fields:
            near = nearest(step, fields)
            fix = f'Did you mean "{near}"?' if near else "Name one of its fields."
            return f'the key "{key}" leads nowhere: {inner.name} has no field "{step}"', fix
        type_ = fields[step].type
    if _is_value(type_):
        return None
    return f'the key "{key}" leads to no single value', "Name a field with an id, such as a string or a long."


def _record(type_: Type) -> Record | None:
    """Return the record that a type is, or is when it is not null."""
    if isinstance(type_, Union):
        some = _but_null(type_)
        type_ = some[0] if len(some) == 1 else type_
    return type_ if isinstance(type_, Record) else None


def _is_value(type_: Type) -> bool:
    if isinstance(type_, Union):
        return all(_is_value(branch) for branch in type_.branches)
    return isinstance(type_, (Primitive, Fixed, Enum))


def _but_null(union: Union) -> list[Type]:
    return [branch for branch in union.branches if branch.kind != "null"]


# names


def _named_as(kind: str, fits: Callable[[str], bool], message: str, fix: str) -> Check:
    """Return the check that the names of one kind of contract are of its grammar."""

    def check(subject: Subject) -> Iterator[Hit]:
        for each in subject.contracts:
            if each.contract.kind == kind and not fits(each.record.name):
                found = message.format(short_name(each.record.name))
                yield Hit(each.file, (*each.record.at, "name"), found, fix)

    return check


# notifications

_MOST = 6
"""Fields of a notification beside ids, times and versions. Those of the sample domain have at most two."""
_THIN_WORDS = frozenset("id ids key number version sequence".split())


def notification_fat(subject: Subject) -> Iterator[Hit]:
    """Records are state wherever they stand; single values are state where there are many."""
    for each in subject.contracts:
        if each.contract.pattern == "notification":
            fix = 'Keep ids, time and what changed; or make its pattern "state-transfer".'
            for field in each.record.fields:
                if (inner := _state(field.type)) is not None:
                    message = f'the notification carries state: "{field.name}" holds {inner.name}'
                    yield Hit(each.file, (*field.at, "type"), message, fix)
            fat = [field.name for field in each.record.fields if not _is_thin(field)]
            if len(fat) > _MOST:
                message = f"the notification carries state: {len(fat)} fields beside ids and times"
                yield Hit(each.file, (*each.record.at, "contract", "pattern"), message, fix)


def _state(type_: Type) -> Record | None:
    if isinstance(type_, Union):
        return next((inner for branch in type_.branches if (inner := _state(branch))), None)
    if isinstance(type_, (Array, Map)):
        return _state(type_.items if isinstance(type_, Array) else type_.values)
    return type_ if isinstance(type_, Record) else None


def _is_thin(field: Field) -> bool:
    """Return whether a field is an id, a version or a time."""
    if tense.words(field.name)[-1:] and tense.words(field.name)[-1] in _THIN_WORDS:
        return True
    types = _but_null(field.type) if isinstance(field.type, Union) else [field.type]
    logical = [type_.logical for type_ in types if isinstance(type_, (Primitive, Fixed))]
    return any(each and each.name.startswith(("uuid", "date", "time", "local")) for each in logical)


CHECKS: dict[str, Check] = {
    "MISSING_OWNER": _missing("owner"),
    "MISSING_PATTERN": _missing("pattern"),
    "MISSING_CHANNEL": _missing("channel"),
    "MISSING_KEY": _missing("key"),
    "KEY_NOT_FOUND": key_not_found,
    "MISSING_PARTITIONS": _missing("partitions"),
    "MISSING_RETENTION": _missing("retention"),
    "EVENT_NOT_PAST": _named_as(
        "event",
        tense.is_past,
        "the event {} is not named in the past tense",
        "Name it after what has happened, as in AddressChanged, or make it a command.",
    ),
    "COMMAND_NOT_IMPERATIVE": _named_as(
        "command",
        tense.is_imperative,
        "the command {} is not named in the imperative",
        "Begin with a verb, as in ChangeAddress, or make it an event.",
    ),
    "NOTIFICATION_FAT": notification_fat,
    "SOURCED_WITHOUT_KEY": sourced_without_key,
}
