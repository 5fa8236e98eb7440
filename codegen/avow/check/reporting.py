"""Make findings of verdicts: with their place, their witness, whom they hit, and who takes the change first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import UNSET, UnsetType

from avow.check.contracts import Held
from avow.check.pairs import severity_of
from avow.check.usage import Usage
from avow.check.verdict import Shown, Verdict
from avow.compat import check
from avow.finding import Change, Finding, Severity, Use
from avow.lint.subject import Subject
from avow.runtime.schema import Type

_USED = frozenset({"FIELD_REMOVED"})
"""Rules about what is an error only for somebody who is known to use it."""


class Reporting:
    """What is said about the contracts of one project."""

    def __init__(self, subject: Subject, held: Held, usage: Usage | None) -> None:
        self._subject = subject
        self._held = held
        self._usage = usage

    def findings(self, verdicts: Sequence[Verdict]) -> list[Finding]:
        """Return a finding for each verdict, in their order."""
        uses = [self._uses(each) for each in verdicts]
        missed = {each.contract for each, used in zip(verdicts, uses, strict=True) if each.rule in _USED and used}
        steps = {name: self._rollout(name, name in missed) for name in {each.contract for each in verdicts}}
        return [
            self._finding(each, used, steps[each.contract] if each.shown else ())
            for each, used in zip(verdicts, uses, strict=True)
        ]

    def _uses(self, verdict: Verdict) -> tuple[Use, ...] | UnsetType:
        return self._usage.uses(verdict.shown.touched) if self._usage and verdict.shown else UNSET

    def _rollout(self, name: str, is_missed: bool) -> tuple[str, ...]:
        """Return who goes first with a contract; ``is_missed`` says that somebody may read what it has no longer."""
        contract, before = self._held.contracts.get(name), self._held.newest.get(name)
        if self._usage is None or contract is None or before is None:
            return ()
        backward, forward = self._reads(contract, before), self._reads(before, contract)
        return self._usage.rollout(name, backward=backward, forward=forward, misses=is_missed)

    def _reads(self, reader: Type, writer: Type) -> bool:
        settings = self._held.settings
        found = check(reader, writer, java_unions=settings.java_unions)
        return all(severity_of(each.rule, each.severity, settings) != "error" for each in found)

    def _finding(self, verdict: Verdict, uses: tuple[Use, ...] | UnsetType, rollout: tuple[str, ...]) -> Finding:
        place = verdict.elsewhere or self._subject.tree.sources[verdict.file].place(verdict.at)
        return Finding(
            rule=verdict.rule,
            severity=_severity(verdict, uses),
            place=place,
            message=verdict.message,
            fix=verdict.fix,
            change=_change(verdict.contract, verdict.shown, uses, rollout) if verdict.shown else UNSET,
        )


def _severity(verdict: Verdict, uses: Iterable[Use] | UnsetType) -> Severity:
    if verdict.rule not in _USED or uses is UNSET:
        return verdict.severity
    return "error" if any(use.status == "BREAKS" for use in uses) else "warning"


def _change(contract: str, shown: Shown, uses: tuple[Use, ...] | UnsetType, rollout: tuple[str, ...]) -> Change:
    from avow.compat.witness import witness  # a run without findings has no use for it

    found = witness(shown.found) if shown.found else None
    reason = shown.found.reason if shown.found else ""
    return Change(
        contract=contract,
        reader=shown.reader,
        writer=shown.writer,
        path=shown.path,
        witness=found.json if found else "",
        data=found.data.hex() if found else "",
        outcome=found.outcome.removesuffix(f": {reason}") if found else "",  # the message says that
        uses=uses,
        rollout=rollout,
    )
