"""Checks of code that the index cannot see through, and of the comments that answer for it."""

from __future__ import annotations

from collections.abc import Iterator

from avow.finding import Place
from avow.index.checks.subject import Check, Hit, Subject, place
from avow.index.code.waivers import Waiver
from avow.index.conclude.waived import NOTHING, declared
from avow.index.fact import UNREAD, WHOLE, Fact
from avow.words import listed

_WITHOUT = " has no annotation"


def handler_without_annotation(subject: Subject) -> Iterator[Hit]:
    """One finding for each function and parameter, where it is first read."""
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in subject.facts:
        if fact.kind == "maybe" and fact.reason.endswith(_WITHOUT):
            name = fact.reason.removesuffix(_WITHOUT)
            groups.setdefault((fact.file, fact.function, name), []).append(fact)
    for (_, function, name), facts in groups.items():
        first = min(facts, key=lambda fact: fact.line)
        types = sorted({fact.type for fact in facts})
        message = f"{name}, a parameter of {function}, has no annotation and may be {_one_of(types)}"
        yield Hit(
            place(first), message, f"Annotate it: `{name}: {types[0].rpartition('.')[2]}`, if that is what comes."
        )


def _one_of(names: list[str]) -> str:
    others = [f"{len(names) - 3} others"] if len(names) > 3 else []
    return listed([*names[:3], *others], "or")


def unreadable_code(subject: Subject) -> Iterator[Hit]:
    """What mypy cannot bear counts as well: the effect is the same."""
    for fact in subject.of(WHOLE, "escape"):
        if fact.reason.startswith(UNREAD):
            reason = fact.reason.removeprefix(f"{UNREAD}: ")
            message = f"nothing is known of what this file uses, since it cannot be read: {reason}"
            yield Hit(place(fact), message, "Mend it, or move it out of the services.")


def bad_waiver(subject: Subject) -> Iterator[Hit]:
    """One finding for each name."""
    for waiver in subject.index.waivers:
        if not waiver.reads:
            yield Hit(_at(waiver), "the comment names no field", "Name fields, such as `AddressChanged.reason`.")
        for name in waiver.reads:
            if not _is_known(subject, name):
                message = f"the comment names {name}, which is no field of a type"
                yield Hit(_at(waiver), message, "Name fields by their path from a type.")


def unused_waiver(subject: Subject) -> Iterator[Hit]:
    """One whose names are wrong is another rule's."""
    for waiver in subject.index.waivers:
        is_sound = all(_is_known(subject, name) for name in waiver.reads)
        if not waiver.is_used and waiver.reads and is_sound:
            message = "the comment answers for no escape: no value of such a type goes out of sight there"
            yield Hit(_at(waiver), message, "Remove it, or move it to the line of the escape.")


def _is_known(subject: Subject, name: str) -> bool:
    return name == NOTHING or bool(declared(name, subject.index.catalogue))


def _at(waiver: Waiver) -> Place:
    return Place(waiver.file, waiver.at, 1)


CHECKS: dict[str, Check] = {
    "HANDLER_WITHOUT_ANNOTATION": handler_without_annotation,
    "UNREADABLE_CODE": unreadable_code,
    "BAD_WAIVER": bad_waiver,
    "UNUSED_WAIVER": unused_waiver,
}
