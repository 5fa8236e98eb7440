"""Run the checks over a project and turn what they yield into findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from avow.config import Project
from avow.finding import Finding
from avow.lint import contracts, evolution, layout, meaning
from avow.lint.exceptions import Exceptions
from avow.lint.hit import Check, Hit
from avow.lint.subject import Subject
from avow.load.tree import Tree, load
from avow.rules import ALL

CHECKS: dict[str, Check] = {**layout.CHECKS, **meaning.CHECKS, **evolution.CHECKS, **contracts.CHECKS}
"""Rule id -> what checks it. The rules about exceptions are checked by what reads those."""


def run(project: Project, tree: Tree | None = None, today: date | None = None) -> list[Finding]:
    """Return all that is wrong with the schemas of a project or could be better, in no order.

    Files that are invalid are reported as such and not judged further.

    Args:
        project: Whose schemas, and whose exceptions.
        tree: The schemas, if they are loaded already.
        today: The day on which exceptions have to hold; None for that of the clock.

    Raises:
        ConfigError: There is no folder of schemas, or the settings name a rule that does not exist.
    """
    tree = load(project) if tree is None else tree
    subject = Subject(project, tree)
    disabled = project.settings.lint.disable
    exceptions = Exceptions(subject, today or date.today())
    found = [_finding(subject, rule, hit) for rule, hit in _hits(subject, disabled, exceptions)]
    late = [each for each in exceptions.findings(disabled) if each.rule not in disabled]
    return [*tree.findings, *found, *late]


def _hits(subject: Subject, disabled: tuple[str, ...], exceptions: Exceptions) -> Iterator[tuple[str, Hit]]:
    for rule, check in CHECKS.items():
        if rule not in disabled:
            yield from ((rule, hit) for hit in check(subject) if not exceptions.excuse(rule, hit))


def _finding(subject: Subject, rule: str, hit: Hit) -> Finding:
    sources = subject.tree.sources
    return Finding(
        rule=rule,
        severity=ALL[rule].severity,
        place=sources[hit.file].place(hit.at, key=hit.key),
        message=hit.message,
        fix=hit.fix,
        related=(sources[hit.other[0]].place(hit.other[1]),) if hit.other else (),
    )
