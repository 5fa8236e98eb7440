"""Leave out what is excused, and make findings of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from avow.check.contracts import Held
from avow.check.reporting import Reporting
from avow.check.usage import Misuse, Usage
from avow.check.verdict import Verdict
from avow.finding import Finding
from avow.lint.exceptions import LINTED, Exceptions
from avow.lint.excuse import Excuse
from avow.lint.hit import Hit
from avow.lint.subject import Subject
from avow.rules import index as of_code

_OF_CODE = frozenset(row.id for row in of_code.ROWS)


def report(
    subject: Subject, held: Held, verdicts: Iterable[Verdict], today: date, usage: Usage | None
) -> list[Finding]:
    """Return the findings that are not excused, and what is wrong with the exceptions from their rules.

    With ``usage``, changes say whom they hit, and what the code does wrong is reported too.
    """
    exceptions = Exceptions(subject, today)
    disabled = subject.project.settings.lint.disable
    wanted = [each for each in verdicts if each.rule not in disabled]
    left = [each for each in wanted if not _is_excused(exceptions, held, each)]
    found = Reporting(subject, held, usage).findings(left)
    misuses = usage.misuses(subject.tree) if usage else ()
    found += [each.finding for each in misuses if not _is_misuse_excused(exceptions, each)]
    late = exceptions.expiries(lambda each: each.rule not in LINTED)
    unused = exceptions.unused(lambda each: each.rule not in {*LINTED, *disabled} and _is_settled(held, each, usage))
    return [*found, *(each for each in (*late, *unused) if each.rule not in disabled)]


def _is_misuse_excused(exceptions: Exceptions, misuse: Misuse) -> bool:
    finding = misuse.finding
    if misuse.at is None:
        return exceptions.excuse_lost(finding.rule, finding.place.file, misuse.about)
    return exceptions.excuse(finding.rule, Hit(finding.place.file, misuse.at, finding.message, finding.fix))


def _is_excused(exceptions: Exceptions, held: Held, verdict: Verdict) -> bool:
    """Return whether an exception is made for the place of a finding, or for the contract that it is about."""
    if verdict.elsewhere is not None:
        return exceptions.excuse_lost(verdict.rule, verdict.elsewhere.file, verdict.contract)
    places = [(verdict.file, verdict.at)]
    contract = held.contracts.get(verdict.contract)
    if contract is not None:
        places.append((held.tree.files[contract.name], contract.at))
    hits = [Hit(file, at, verdict.message, verdict.fix) for file, at in places]
    excused = [exceptions.excuse(verdict.rule, hit) for hit in hits]  # both: each exception has to know its use
    return any(excused)


def _is_settled(held: Held, excuse: Excuse, usage: Usage | None) -> bool:
    """Return whether all that an exception could be for has been judged in this very run.

    What is as it was released, or as the baseline has it, is not judged again: it may need its exception then. Code
    is judged whole.
    """
    if excuse.rule in _OF_CODE:
        return usage is not None
    files = {excuse.file} if excuse.file else {file for file in held.tree.sources if _is_for(held, excuse, file)}
    return files <= held.settled


def _is_for(held: Held, excuse: Excuse, file: str) -> bool:
    if not excuse.reaches(file):
        return False
    owner = excuse.name if excuse.name in held.tree.files else excuse.name.rpartition(".")[0]
    return not excuse.name or held.tree.files.get(owner) == file
