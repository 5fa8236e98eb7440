"""Run the checks over an index and turn what they yield into findings."""

from __future__ import annotations

from collections.abc import Iterator

from avow.config import Project
from avow.finding import Finding, Place
from avow.index.checks import architecture, code
from avow.index.checks.subject import Check, Declared, Hit, Subject
from avow.index.contents import Index
from avow.load.tree import Tree
from avow.rules import ALL
from avow.runtime.schema import Path, Record

CHECKS: dict[str, Check] = {**architecture.CHECKS, **code.CHECKS}
"""Rule id -> what checks it."""


def hits(project: Project, index: Index) -> Iterator[tuple[str, Hit]]:
    """Yield all that is wrong with what the code of the services does, each with its rule, in no order.

    Rules that the settings disable are left out; exceptions are for the caller to hold against the hits.

    Args:
        project: Whose services.
        index: Their index, brought up to date.
    """
    subject, disabled = Subject(index), project.settings.lint.disable
    for rule, check in CHECKS.items():
        if rule not in disabled:
            yield from ((rule, hit) for hit in check(subject))


def findings(project: Project, index: Index, tree: Tree) -> list[Finding]:
    """Return the same as findings; ``tree`` has the schemas that the hits are about."""
    return [finding(rule, hit, tree) for rule, hit in hits(project, index)]


def finding(rule: str, hit: Hit, tree: Tree) -> Finding:
    """Return a hit as a finding; ``tree`` has the schemas that it is about."""
    return Finding(
        rule=rule,
        severity=ALL[rule].severity,
        place=_place(hit.place, tree),
        message=hit.message,
        fix=hit.fix,
        related=tuple(_place(each, tree) for each in hit.related),
    )


def _place(place: Place | Declared, tree: Tree) -> Place:
    if isinstance(place, Place):
        return place
    return tree.sources[tree.files[place.type]].place(path_of(place, tree))


def path_of(place: Declared, tree: Tree) -> Path:
    """Return where in its file something is declared."""
    type_ = tree.schemas.types[place.type]
    fields = type_.fields if isinstance(type_, Record) else ()
    at = next((each.at for each in fields if each.name == place.field), type_.at)
    return (*at, "name")
