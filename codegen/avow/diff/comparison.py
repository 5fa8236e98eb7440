"""Two states of a contract beside each other: what differs, and whether one reads what the other writes."""

from __future__ import annotations

from msgspec import Struct

from avow.changes.change import Change
from avow.changes.walk import changes
from avow.check.pairs import severity_of
from avow.check.wording import cast
from avow.compat import check
from avow.config import CheckSettings
from avow.runtime.schema import Record


class State(Struct, frozen=True):
    """A contract at one time."""

    label: str
    """What that time is called: `version 2`, `origin/main`, `the working tree`."""
    contract: Record | None
    """None where there is no such contract at that time."""


class Reading(Struct, frozen=True):
    """Whether one state of a contract reads what another one writes."""

    works: bool
    because: str = ""
    """The first reason why not, or else why not without a doubt, as a clause; empty where there is none."""
    more: int = 0
    """How many more reasons there are."""


class Comparison(Struct, frozen=True, kw_only=True):
    """What differs between two states of a contract."""

    contract: str
    """Full name, of the newer state where there is one."""
    before: State
    after: State
    changes: tuple[Change, ...]
    """Empty where one of the states has no such contract."""
    backward: Reading | None = None
    """Whether the state after reads what the one before wrote; None where one of them has no such contract."""
    forward: Reading | None = None
    """Whether the state before reads what the one after writes."""


def compared(before: State, after: State, settings: CheckSettings) -> Comparison | None:
    """Return what differs between two states of a contract, or None where nothing does."""
    old, new = before.contract, after.contract
    if old is None or new is None:
        there = new or old
        return Comparison(contract=there.name, before=before, after=after, changes=()) if there else None
    found = tuple(changes(old, new))
    if not found:
        return None
    return Comparison(
        contract=new.name,
        before=before,
        after=after,
        changes=found,
        backward=_reading(after, before, settings),
        forward=_reading(before, after, settings),
    )


def _reading(reader: State, writer: State, settings: CheckSettings) -> Reading:
    assert reader.contract is not None and writer.contract is not None
    found = check(reader.contract, writer.contract, java_unions=settings.java_unions)
    errors = [each for each in found if severity_of(each.rule, each.severity, settings) == "error"]
    reasons = errors or found
    if not reasons:
        return Reading(works=True)
    reason, path = cast(reasons[0].reason, reader.label, writer.label), reasons[0].path
    return Reading(not errors, f"{reason}, at `{path}`" if path else reason, len(reasons) - 1)
