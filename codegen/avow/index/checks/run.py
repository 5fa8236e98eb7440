"""Run the checks over an index and turn what they yield into findings."""

from __future__ import annotations

from avow.config import Project
from avow.finding import Finding
from avow.index.checks import architecture, code
from avow.index.checks.subject import Check, Subject
from avow.index.update import Index
from avow.load.tree import Tree
from avow.rules import ALL

CHECKS: dict[str, Check] = {**architecture.CHECKS, **code.CHECKS}
"""Rule id -> what checks it."""


def findings(project: Project, index: Index, tree: Tree) -> list[Finding]:
    """Return all that is wrong with what the code of the services does, in no order.

    Rules that the settings disable are left out; exceptions are for the caller to hold against the findings.

    Args:
        project: Whose services.
        index: Their index, brought up to date.
        tree: All schemas of the project, without findings.
    """
    subject = Subject(index, tree)
    disabled = project.settings.lint.disable
    return [
        Finding(
            rule=rule,
            severity=ALL[rule].severity,
            place=hit.place,
            message=hit.message,
            fix=hit.fix,
            related=hit.related,
        )
        for rule, check in CHECKS.items()
        if rule not in disabled
        for hit in check(subject)
    ]
