"""Whom changes hit, contract by contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from avow.changes.change import Change
from avow.finding import Use
from avow.impact import Affected, Impact
from avow.report.diff.rows import rows
from avow.report.usage import NO_USE, steps
from avow.show.layout import coloured, columns, faint, plain, strong

_MARKERS = {"added": "+", "removed": "-", "changed": "~"}
_COLOURS = {"BREAKS": "escape", "MAYBE": "maybe", "UNKNOWN": "maybe"}


def render(found: Sequence[Impact]) -> str:
    """Return the changes of each contract with whom they hit, and who goes first."""
    return "\n".join("".join(f"{line}\n" for line in _impact(each)) for each in found)


def _impact(each: Impact) -> Iterator[str]:
    comparison = each.comparison
    yield f"{strong(comparison.contract)}: {comparison.before.label} -> {comparison.after.label}"
    for affected in each.affected:
        yield f"  {_change(affected)}"
        yield from columns(map(_use, affected.uses), 4) or [f"    {faint(NO_USE)}"]
    if each.rollout:
        yield f"  {strong('rollout')}"
        yield from (f"    {plain(step)}" for step in steps(each.rollout))


def _change(affected: Affected) -> str:
    change = affected.change
    if change is None:
        return "- the whole contract"
    return f"{_MARKERS[change.kind]} {strong(change.path or change.owner)}  {plain(_said(change))}"


def _said(change: Change) -> str:
    """Return what differs, and for a field that is new why it is told at all."""
    said = "; ".join(" ".join((row.aspect, *row.texts)).strip() for row in rows([change]))
    return (
        f"{said}, without default: to be given by who builds it"
        if change.what == "field" and change.kind == "added"
        else said
    )


def _use(use: Use) -> list[str]:
    status = coloured(_COLOURS[use.status], use.status)
    return [status, plain(use.service), f"{plain(use.place.file)}:{use.place.line}", plain(use.what)]
