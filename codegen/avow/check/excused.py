"""Leave out what is excused, and make findings of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import UNSET, UnsetType

from avow.check.contracts import Held
from avow.check.verdict import Shown, Verdict
from avow.finding import Change, Finding
from avow.lint.exceptions import LINTED, Exceptions
from avow.lint.excuse import Excuse
from avow.lint.hit import Hit
from avow.lint.subject import Subject


def report(subject: Subject, held: Held, verdicts: Iterable[Verdict], today: date) -> list[Finding]:
    """Return the findings that are not excused, and what is wrong with the exceptions from their rules."""
    exceptions = Exceptions(subject, today)
    disabled = subject.project.settings.lint.disable
    wanted = [each for each in verdicts if each.rule not in disabled]
    found = [_finding(subject, each) for each in wanted if not _is_excused(exceptions, held, each)]
    late = exceptions.expiries(lambda each: each.rule not in LINTED)
    unused = exceptions.unused(lambda each: each.rule not in {*LINTED, *disabled} and _is_settled(held, each))
    return [*found, *(each for each in (*late, *unused) if each.rule not in disabled)]


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


def _is_settled(held: Held, excuse: Excuse) -> bool:
    """Return whether all that an exception could be for has been judged in this very run.

    What is as it was released, or as the baseline has it, is not judged again: it may need its exception then.
    """
    files = {excuse.file} if excuse.file else {file for file in held.tree.sources if _is_for(held, excuse, file)}
    return files <= held.settled


def _is_for(held: Held, excuse: Excuse, file: str) -> bool:
    if not excuse.reaches(file):
        return False
    owner = excuse.name if excuse.name in held.tree.files else excuse.name.rpartition(".")[0]
    return not excuse.name or held.tree.files.get(owner) == file


def _finding(subject: Subject, verdict: Verdict) -> Finding:
    place = verdict.elsewhere or subject.tree.sources[verdict.file].place(verdict.at)
    return Finding(
        rule=verdict.rule,
        severity=verdict.severity,
        place=place,
        message=verdict.message,
        fix=verdict.fix,
        change=_change(verdict.contract, verdict.shown) if verdict.shown else UNSET,
    )


def _change(contract: str, shown: Shown) -> Change | UnsetType:
    from avow.compat.witness import witness  # a run without findings has no use for it

    found = witness(shown.found)
    change = Change(contract=contract, reader=shown.reader, writer=shown.writer, path=shown.found.path)
    if found is None:
        return change
    return Change(
        contract=contract,
        reader=shown.reader,
        writer=shown.writer,
        path=shown.found.path,
        witness=found.json,
        data=found.data.hex(),
        outcome=found.outcome.removesuffix(f": {shown.found.reason}"),  # the message says that
    )
