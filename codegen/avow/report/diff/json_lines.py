"""One JSON object a change, one change a line: for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from avow.changes.change import Change
from avow.diff.comparison import Comparison


def render(comparisons: Sequence[Comparison]) -> str:
    """Return a line for each change; a contract that is there on one side only is a change too.

    Its fields are those of `Change`, after the contract, the two states, and whether each reads what the other
    writes. What there is not on one side is left out, as ``null`` may be a default.
    """
    return msgspec.json.Encoder().encode_lines([row for each in comparisons for row in _rows(each)]).decode()


def _rows(comparison: Comparison) -> Iterator[dict[str, object]]:
    head: dict[str, object] = {
        "contract": comparison.contract,
        "from": comparison.before.label,
        "to": comparison.after.label,
    }
    if comparison.backward is None or comparison.forward is None:
        kind = "added" if comparison.before.contract is None else "removed"
        yield {**head, "kind": kind, "what": "whole contract", "path": ""}
        return
    head |= {"reads_old": comparison.backward.works, "read_by_old": comparison.forward.works}
    for change in comparison.changes:
        yield {**head, **_said(change)}


def _said(change: Change) -> dict[str, object]:
    sides = {"before": change.before, "after": change.after, "like": change.like or msgspec.UNSET}
    said = {"kind": change.kind, "what": change.what, "path": change.path, "owner": change.owner, "field": change.field}
    return {**said, **{key: side for key, side in sides.items() if side is not msgspec.UNSET}}
