"""Leave out what is excused, and report the exceptions that are wrong themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from avow.finding import Finding, Place
from avow.lint.excuse import Excuse, Mistake, beside, configured
from avow.lint.hit import Hit
from avow.lint.subject import Subject
from avow.rules import ALL
from avow.rules import lint as linted

LINTED = frozenset(row.id for row in linted.ROWS)
"""The rules whose exceptions the linter sees used; those of the others are settled by what checks them."""


class Exceptions:
    """The exceptions of a project on one day.

    Raises:
        ConfigError: The settings name a rule that does not exist, or that cannot be left out.
    """

    def __init__(self, subject: Subject, today: date) -> None:
        written = list(beside(subject))
        self.subject = subject
        self.mistakes = [each for each in written if isinstance(each, Mistake)]
        self.excuses = [each for each in written if isinstance(each, Excuse)] + configured(subject.project)
        self.expired = [each for each in self.excuses if each.until is not None and each.until < today]
        self.valid: dict[str, list[Excuse]] = {}
        for each in self.excuses:
            if each not in self.expired:
                self.valid.setdefault(each.rule, []).append(each)

    def excuse(self, rule: str, hit: Hit) -> bool:
        """Return whether a hit is excused; whatever excuses it is used."""
        covering = [each for each in self.valid.get(rule, ()) if each.covers(hit, self.subject)]
        for each in covering:
            each.used = True
        return bool(covering)

    def excuse_lost(self, rule: str, file: str, name: str) -> bool:
        """Return whether something is excused that is about a type that the schemas no longer have."""
        covering = [each for each in self.valid.get(rule, ()) if each.covers_lost(file, name)]
        for each in covering:
            each.used = True
        return bool(covering)

    def findings(self, disabled: Iterable[str]) -> Iterator[Finding]:
        """Yield what is wrong with the exceptions, once everything has been linted."""
        for mistake in self.mistakes:
            yield _finding("BAD_EXCEPTION", mistake.place, mistake.message, mistake.fix)
        for each in self.excuses:
            if not each.reason.strip():
                message = f"the exception from {each.rule} has no reason"
                yield _finding("EXCEPTION_WITHOUT_REASON", each.place, message, "Say why it is made.")
        off = {*disabled}
        yield from self.expiries(lambda each: each.rule in LINTED)
        yield from self.unused(lambda each: each.rule in LINTED - off and self._is_judged(each))

    def expiries(self, is_wanted: Callable[[Excuse], bool]) -> Iterator[Finding]:
        """Yield those of some exceptions that hold no more."""
        for each in filter(is_wanted, self.expired):
            message = f"the exception from {each.rule} ended on {each.until}"
            fix = "Mend what it excuses and remove it, or give it a new date and say why."
            yield _finding("EXPIRED_EXCEPTION", each.place, message, fix)

    def unused(self, is_judged: Callable[[Excuse], bool]) -> Iterator[Finding]:
        """Yield those of some exceptions that excuse nothing."""
        for each in (each for excuses in self.valid.values() for each in excuses):
            if not each.used and is_judged(each):
                message = f"the exception from {each.rule} excuses nothing"
                fix = "Remove it" + (", or correct what it is for." if each.glob or each.name else ".")
                yield _finding("UNUSED_EXCEPTION", each.place, message, fix)

    def _is_judged(self, excuse: Excuse) -> bool:
        """Return False for what an error in a file may hide: of the settings, an error in any."""
        return excuse.file not in self.subject.broken if excuse.file else not self.subject.broken


def _finding(rule: str, place: Place, message: str, fix: str) -> Finding:
    return Finding(rule=rule, severity=ALL[rule].severity, place=place, message=message, fix=fix)
